package org.medtransformers.learning.training;

import java.util.Optional;
import org.medtransformers.contracts.result.Collapse;

/**
 * What one training step did.
 *
 * @param iteration counted from 1
 * @param loss mean over the batch, before the update
 * @param gradientNorm total norm before clipping
 * @param lr learning rate of the update
 * @param collapse of self-supervised methods only
 */
public record StepResult(
    long iteration, double loss, double gradientNorm, double lr, Optional<Collapse> collapse) {}
