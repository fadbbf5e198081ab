package org.medtransformers.experiment;

import java.util.Locale;
import org.medtransformers.contracts.config.Backbone;
import org.medtransformers.contracts.config.ClassWeights;
import org.medtransformers.contracts.config.OptimizerType;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.config.TrainingMethod;

/** Rules between {@code medtrans.method} and the keys that speak of labels or of views. */
final class SelfSupervisionChecks {
  /** Caron et al. (2021), section 3.2: 5e-4 for 256 images, in proportion for others. */
  private static final double DINO_LR_PER_IMAGE = 5e-4 / 256;

  private static final double MUCH_LARGER = 4;
  private final RunConfig run;
  private final TrainingMethod method;
  private final Findings findings;

  private SelfSupervisionChecks(RunConfig run, Findings findings) {
    this.run = run;
    this.method = run.medtrans().method();
    this.findings = findings;
  }

  /** Reports every broken rule of {@code run}; nothing where it learns from labels. */
  static void check(RunConfig run, Findings findings) {
    if (run.medtrans().supervised()) {
      return;
    }
    SelfSupervisionChecks checks = new SelfSupervisionChecks(run, findings);
    checks.network();
    checks.pairs();
    checks.labels();
    checks.fraction();
    checks.dropPath();
    checks.learningRate();
  }

  private void network() {
    if (run.model().freezeBackbone()) {
      findings.invalid(
          "model_params.freeze_backbone",
          "found true, allowed: false with medtrans.method " + method + ", which trains it");
    }
    if (run.medtrans().emaDecay() > 0) {
      findings.invalid(
          "medtrans.ema_decay",
          "found %s, allowed: 0 with medtrans.method %s"
              .formatted(run.medtrans().emaDecay(), method));
    }
  }

  /** Batch norm in the heads of BYOL and SimSiam needs another image to compare with. */
  private void pairs() {
    int batch = run.dataloaders().trainloader().batchSize();
    if (method != TrainingMethod.DINO && batch < 2) {
      findings.invalid(
          "dataloader_params.trainloader.batch_size",
          "found %d, allowed: 2 or more with medtrans.method %s".formatted(batch, method));
    }
  }

  private void labels() {
    if (run.medtrans().labelSmoothing() > 0) {
      findings.notice("medtrans.label_smoothing", withoutLabels());
    }
    if (run.medtrans().classWeights() != ClassWeights.NONE) {
      findings.notice("medtrans.class_weights", withoutLabels());
    }
    if (run.training().knnEval()) {
      findings.notice(
          "training_params.knn_eval",
          "does nothing more: with medtrans.method %s every validation asks the nearest neighbours"
              .formatted(method));
    }
  }

  /** What is scarce is labels, as a rule. */
  private void fraction() {
    if (run.trainFraction() < 1) {
      findings.notice(
          "medtrans.split.train_fraction",
          "medtrans.method %s sees %s of the training images, too, though it needs no labels; 1 in the set of its phase shows it all"
              .formatted(method, run.trainFraction()));
    }
  }

  private String withoutLabels() {
    return "does nothing: medtrans.method " + method + " looks at no labels";
  }

  private void dropPath() {
    if (method == TrainingMethod.DINO
        && run.model().backbone().family() == Backbone.Family.VISION_TRANSFORMER
        && run.model().transformer().dropPathRate() > 0) {
      findings.notice(
          "model_params.transformers_params.drop_path_rate",
          "does nothing: with medtrans.method dino medtrans.dino.drop_path counts");
    }
  }

  /** With one that is much larger small data sets have been seen to collapse. */
  private void learningRate() {
    RunConfig.Optimizer optimizer = run.optimization().main().optimizer();
    if (method != TrainingMethod.DINO || optimizer.type() != OptimizerType.ADAM_W) {
      return;
    }
    int batch = run.effectiveBatch();
    double authors = DINO_LR_PER_IMAGE * batch;
    double asked = optimizer.params().path("lr").doubleValue();
    double applied = optimizer.autoscaleLr() ? asked * batch / 256 : asked;
    if (applied > MUCH_LARGER * authors) {
      findings.notice(
          "optimization_params.default.optimizer.params.lr",
          String.format(
              Locale.ROOT,
              "%.3g is %.2g times what DINO's authors take for %d images per update, 5e-4 with"
                  + " autoscale_lr: the outputs may collapse",
              applied,
              applied / authors,
              batch));
    }
  }
}
