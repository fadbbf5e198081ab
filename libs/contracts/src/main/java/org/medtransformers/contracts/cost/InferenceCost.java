package org.medtransformers.contracts.cost;

/**
 * What a network is like, and what looking at the images of one split has taken.
 *
 * @param parameters of the backbone, and of the linear head where it classifies by itself
 * @param multiplyAdds of one image as it was evaluated: of convolutions, linear layers and the two
 *     products of attention, as the network is published
 * @param pace of the images that were evaluated
 */
public record InferenceCost(
    Machine machine, long parameters, long multiplyAdds, Pace pace, Resources resources) {}
