package org.medtransformers.learning;

import java.util.List;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.LoaderInfo;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.learning.model.ModelSpec;
import org.medtransformers.learning.model.TensorSpec;
import org.medtransformers.learning.optimizer.Lars;
import org.medtransformers.learning.optimizer.Optimizer;
import org.medtransformers.learning.optimizer.ParameterGroup;
import org.medtransformers.learning.schedule.Schedule;

/**
 * Everything that decides what a training computes, besides its batches.
 *
 * @param schedule counts updates
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
    long seed,
    Recipe recipe) {
  /** Images per update at which {@code autoscale_lr} leaves the learning rate as it is. */
  private static final double REFERENCE_BATCH = 256;

  /** A learner of plain steps. */
  public LearnerSpec(
      ModelSpec model,
      Optimizer optimizer,
      Schedule schedule,
      double gradientClip,
      boolean freezeBackbone,
      long seed) {
    this(model, optimizer, schedule, gradientClip, freezeBackbone, seed, Recipe.PLAIN);
  }

  /**
   * The learner of a run file.
   *
   * @param training the loader of the training split
   */
  public static LearnerSpec of(
      RunConfig run, DatasetDescription dataset, LoaderInfo training, long seed) {
    RunConfig.Optimization optimization = run.optimization().main();
    Accumulation accumulation =
        new Accumulation(run.medtrans().accumulateSteps(), training.batches());
    int effectiveBatch = run.dataloaders().trainloader().batchSize() * accumulation.batches();
    Optimizer optimizer = Optimizer.of(optimization.optimizer());
    if (optimization.optimizer().autoscaleLr()) {
      optimizer = optimizer.withLr(optimizer.lr() * effectiveBatch / REFERENCE_BATCH);
    }
    Schedule schedule =
        Schedule.of(
            optimization.scheduler(),
            optimizer,
            accumulation.updatesPerEpoch(),
            run.training().epochs());
    return new LearnerSpec(
        model(run.model(), dataset.task(), dataset.classes().size(), dataset.channels()),
        optimizer,
        schedule,
        run.training().gradClipping(),
        run.model().freezeBackbone(),
        seed,
        new Recipe(
            Loss.of(run.medtrans(), training.classCounts()),
            Lars.of(optimization.lars(), effectiveBatch),
            run.medtrans().layerDecay(),
            run.medtrans().emaDecay(),
            accumulation,
            run.training().mixedPrecision()));
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

  /** The tensors that learn, in PyTorch's order. */
  List<TensorSpec> trained() {
    return model.tensors().stream()
        .filter(TensorSpec::trained)
        .filter(tensor -> !freezeBackbone || tensor.name().startsWith("fc."))
        .toList();
  }

  /** How they are grouped. */
  List<ParameterGroup> groups() {
    return ParameterGroup.of(model, trained(), optimizer.weightDecay(), recipe.layerDecay());
  }

  /** The names of the optimizer's state. */
  List<String> slots() {
    return optimizer.slots(schedule.cyclesMomentum());
  }
}
