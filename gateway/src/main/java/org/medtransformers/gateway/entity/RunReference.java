package org.medtransformers.gateway.entity;

import java.time.Instant;
import org.medtransformers.contracts.result.RunState;

/**
 * A run in few words, for lists that are about something else.
 *
 * @param experiment name of its experiment
 * @param dataset what kind of data set, by its name in the experiment file
 * @param device what it trains on, {@code cpu} or {@code gpu}; null where that is not known
 * @param ended null while it runs
 */
public record RunReference(
    String id,
    String experimentId,
    String experiment,
    String modelName,
    String dataset,
    String backbone,
    String initialisation,
    int repetition,
    RunState state,
    String device,
    Instant created,
    Instant ended) {}
