package org.medtransformers.learning;

import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.learning.model.ModelSpec;
import org.medtransformers.learning.optimizer.Optimizer;
import org.medtransformers.learning.schedule.Schedule;

/**
 * Everything that decides what a training computes, besides its batches.
 *
 * @param gradientClip largest total norm of the gradients; 0 for no limit
 * @param freezeBackbone only the head learns, the backbone runs in evaluation mode
 * @param seed of first weights and of drop path
 */
public record LearnerSpec(
    ModelSpec model,
    Optimizer optimizer,
    Schedule schedule,
    double gradientClip,
    boolean freezeBackbone,
    long seed) {
  /** Images per step at which {@code autoscale_lr} leaves the learning rate as it is. */
  private static final double REFERENCE_BATCH = 256;

  /**
   * The learner of a run file.
   *
   * @param classes of the data set
   * @param channels of its images
   * @param stepsPerEpoch training batches per epoch
   */
  public static LearnerSpec of(
      RunConfig run, Task task, int classes, int channels, int stepsPerEpoch, long seed) {
    RunConfig.Optimization optimization = run.optimization().main();
    Optimizer optimizer = Optimizer.of(optimization.optimizer());
    if (optimization.optimizer().autoscaleLr()) {
      int batch = run.dataloaders().trainloader().batchSize();
      optimizer = optimizer.withLr(optimizer.lr() * batch / REFERENCE_BATCH);
    }
    Schedule schedule =
        Schedule.of(optimization.scheduler(), optimizer, stepsPerEpoch, run.training().epochs());
    return new LearnerSpec(
        model(run.model(), task, classes, channels),
        optimizer,
        schedule,
        run.training().gradClipping(),
        run.model().freezeBackbone(),
        seed);
  }

  /** The network of a run file. */
  public static ModelSpec model(
      RunConfig.ModelParams params, Task task, int classes, int channels) {
    int outputs = task == Task.BINARY ? 1 : classes;
    return switch (params.backbone().family()) {
      case RESNET -> ModelSpec.resnet(params.backbone(), channels, outputs);
      case VISION_TRANSFORMER -> {
        RunConfig.TransformerParams vit = params.transformer();
        yield new ModelSpec(
            params.backbone(),
            channels,
            outputs,
            vit.imgSize().get(0),
            vit.patchSize(),
            vit.dropPathRate());
      }
    };
  }
}
