package org.medtransformers.data.service;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.medtransformers.contracts.data.SplitSizes;

/**
 * A split as a list shows it.
 *
 * @param sha256 of its text, by which it is asked for
 * @param dataset as in the experiment file
 * @param kind {@code seed-compatible}, {@code grouped}, {@code kfold} or {@code official}
 * @param parameters of the kind
 * @param sizes images per part, those included that a set left out
 * @param firstUsed when a set with it was first prepared
 */
public record SplitView(
    String sha256,
    String dataset,
    String kind,
    JsonNode parameters,
    SplitSizes sizes,
    Instant firstUsed) {}
