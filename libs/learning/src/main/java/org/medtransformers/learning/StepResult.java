package org.medtransformers.learning;

/**
 * What one training step did.
 *
 * @param iteration counted from 1
 * @param loss mean over the batch, before the update
 * @param gradientNorm total norm before clipping
 * @param lr learning rate of the update
 */
public record StepResult(long iteration, double loss, double gradientNorm, double lr) {}
