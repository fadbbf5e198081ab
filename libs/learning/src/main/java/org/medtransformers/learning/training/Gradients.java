package org.medtransformers.learning.training;

import java.util.Map;
import org.medtransformers.contracts.tensor.Tensor;

/**
 * What a batch would teach a network.
 *
 * @param loss mean over the batch
 * @param logits F32 [n, outputs], in training mode
 * @param byName F32 gradient of every tensor that is trained, in the order of the state, before
 *     clipping
 */
public record Gradients(double loss, Tensor logits, Map<String, Tensor> byName) {}
