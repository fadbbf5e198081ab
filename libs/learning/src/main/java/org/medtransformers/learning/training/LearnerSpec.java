package org.medtransformers.learning.training;

import java.util.List;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.loader.LoaderInfo;
import org.medtransformers.learning.method.Method;
import org.medtransformers.learning.method.Methods;
import org.medtransformers.learning.method.Supervised;
import org.medtransformers.learning.model.Head;
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
  public LearnerSpec {
    if (freezeBackbone && !(recipe.method() instanceof Supervised)) {
      throw MedtransException.of(
          ErrorCode.INVALID_REQUEST,
          "model_params.freeze_backbone: found true, allowed is false with "
              + recipe.method().label());
    }
  }

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
   * @throws MedtransException if the method cannot learn from its batches
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
    Method method =
        Methods.of(
            run,
            optimizer,
            dataset.task(),
            training.classCounts(),
            (long) run.training().epochs() * accumulation.updatesPerEpoch());
    method.requireBatches(training);
    return new LearnerSpec(
        model(run, dataset),
        optimizer,
        schedule,
        run.training().gradClipping(),
        run.model().freezeBackbone(),
        seed,
        new Recipe(
            method,
            Lars.of(optimization.lars(), effectiveBatch),
            run.medtrans().layerDecay(),
            run.medtrans().emaDecay(),
            accumulation,
            run.training().mixedPrecision()));
  }

  /** The network of a run file. */
  public static ModelSpec model(RunConfig run, DatasetDescription dataset) {
    RunConfig.ModelParams params = run.model();
    Head head = Methods.head(run, dataset);
    return switch (params.backbone().family()) {
      case RESNET -> ModelSpec.resnet(params.backbone(), dataset.channels(), head);
      case VISION_TRANSFORMER -> {
        RunConfig.TransformerParams vit = params.transformer();
        yield new ModelSpec(
            params.backbone(),
            dataset.channels(),
            head,
            vit.imgSize().get(0),
            vit.patchSize(),
            Methods.dropPath(run));
      }
    };
  }

  /** What is learned. */
  public Method method() {
    return recipe.method();
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
    return ParameterGroup.of(model, trained(), recipe.layerDecay(), method()::keepsApart);
  }

  /** The names of the optimizer's state. */
  List<String> slots() {
    return optimizer.slots(schedule.cyclesMomentum());
  }
}
