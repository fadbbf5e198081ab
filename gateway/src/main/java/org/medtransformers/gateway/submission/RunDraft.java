package org.medtransformers.gateway.submission;

import java.util.Optional;
import org.medtransformers.contracts.data.StartingPoint;
import org.medtransformers.experiment.PlannedRun;
import org.medtransformers.gateway.lifecycle.TrainedModel;

/**
 * A run that may be started.
 *
 * @param model what to evaluate where nothing is trained
 * @param start what a training begins with, if not with first weights
 */
public record RunDraft(
    PlannedRun planned, Optional<TrainedModel> model, Optional<StartingPoint> start) {}
