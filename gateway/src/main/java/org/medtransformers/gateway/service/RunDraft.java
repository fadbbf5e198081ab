package org.medtransformers.gateway.service;

import java.util.Optional;
import org.medtransformers.contracts.experiment.PlannedRun;
import org.medtransformers.gateway.lifecycle.TrainedModel;

/**
 * A run that may be started.
 *
 * @param model what to evaluate where nothing is trained
 */
public record RunDraft(PlannedRun planned, Optional<TrainedModel> model) {}
