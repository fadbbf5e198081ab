package org.medtransformers.gateway.model;

import java.util.List;
import org.medtransformers.gateway.entity.RunReference;

/**
 * One model, and where it is used.
 *
 * @param begun the newest runs whose training began with it
 * @param tested the newest runs that tested it
 * @param namesakes the newest other models of that name
 */
public record ModelDetail(
    ModelView model,
    List<RunReference> begun,
    List<RunReference> tested,
    List<RunReference> namesakes) {}
