package org.medtransformers.contracts.result;

import org.medtransformers.contracts.cost.Machine;

/**
 * What one row of the table has taken on one data set and one kind of machine: medians over its
 * runs. What is not known of every run is null.
 *
 * @param dataset the heading of its column
 * @param initialisation its row; of a training that others begin with, with its phase
 * @param runs that were trained there
 * @param evaluated that were evaluated there
 * @param parameters of the backbone, and of the linear head where it classifies by itself
 * @param multiplyAdds of one image as it was evaluated
 * @param training null where none of the runs was trained there
 * @param inferenceImagesPerSecond of the network alone; null where none was evaluated there
 * @param inferenceMemory bytes of the evaluating process at most
 * @param inferenceDeviceMemory bytes of the GPU that it held at most
 */
public record ArmCost(
    String dataset,
    String initialisation,
    String backbone,
    Machine machine,
    int runs,
    int evaluated,
    Long parameters,
    Long multiplyAdds,
    Training training,
    Double inferenceImagesPerSecond,
    Long inferenceMemory,
    Long inferenceDeviceMemory) {

  /**
   * @param secondsPerEpoch of the iterations, the wait for data included
   * @param imagesPerSecond of the network alone
   * @param dataWaitShare of the time of the iterations, 0 to 1
   * @param seconds of all attempts, validations and checkpoints included
   * @param memory bytes of the training process at most
   * @param deviceMemory bytes of the GPU that it held at most
   * @param processorJoules of all attempts, and of all that ran on the machine's processors
   * @param deviceJoules likewise of the GPU
   */
  public record Training(
      Double secondsPerEpoch,
      Double imagesPerSecond,
      Double dataWaitShare,
      Double seconds,
      Long memory,
      Long deviceMemory,
      Double processorJoules,
      Double deviceJoules) {}
}
