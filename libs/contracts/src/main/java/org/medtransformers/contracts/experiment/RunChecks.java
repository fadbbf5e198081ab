package org.medtransformers.contracts.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.medtransformers.contracts.config.Backbone;
import org.medtransformers.contracts.config.PublishedWeights;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.config.Transforms;

/** What no single key can say: rules between the keys of one resolved run. */
final class RunChecks {
  private final RunConfig run;
  private final JsonNode config;
  private final Findings findings;

  private RunChecks(RunConfig run, JsonNode config, Findings findings) {
    this.run = run;
    this.config = config;
    this.findings = findings;
  }

  /**
   * Reports every broken rule of {@code run}.
   *
   * @param config the same as it was resolved, with the keys that {@code run} has no place for
   */
  static void check(RunConfig run, JsonNode config, Findings findings) {
    RunChecks checks = new RunChecks(run, config, findings);
    checks.views("train_transforms", run.dataset().trainTransforms());
    checks.views("val_transforms", run.dataset().valTransforms());
    checks.views("test_transforms", run.dataset().testTransforms());
    checks.patches();
    OptimizationChecks.check(run, findings);
    checks.evaluationOrder();
    checks.testOnly();
    checks.pretrained();
    checks.start();
    checks.gpus();
    checks.learningRateSearch();
  }

  private boolean transformer() {
    return run.model().backbone().family() == Backbone.Family.VISION_TRANSFORMER;
  }

  private void views(String key, List<Transforms> views) {
    for (Transforms view : views) {
      Optional<OutputSize> size = OutputSize.of(view);
      String path = "dataset_params." + key;
      if (size.isEmpty()) {
        findings.invalid(
            path,
            "the images keep their own sizes and cannot be batched; apply Resize, CenterCrop,"
                + " RandomCrop or RandomResizedCrop");
      } else if (transformer()) {
        transformerInput(path, size.get());
      } else if (size.get().smallest() < 32) {
        findings.invalid(path, "gives " + size.get() + " images, a ResNet needs at least 32x32");
      }
      blur(path, view.randomGaussianBlur());
    }
  }

  private void blur(String path, Transforms.RandomGaussianBlur blur) {
    if (blur != null && blur.apply()) {
      rising(
          path + ".RandomGaussianBlur",
          "radius_min",
          blur.radiusMin(),
          "radius_max",
          blur.radiusMax());
    }
  }

  private void learningRateSearch() {
    JsonNode grid = config.at("/lr_finder/grid_search_params");
    double low = grid.path("min_pow").doubleValue();
    double high = grid.path("max_pow").doubleValue();
    rising("lr_finder.grid_search_params", "min_pow", low, "max_pow", high);
    if (!config.at("/medtrans/lr_finder").asBoolean()) {
      return;
    }
    if (low == high && grid.path("resolution").intValue() > 1) {
      findings.invalid(
          "lr_finder.grid_search_params.resolution",
          "found %s, allowed: 1 where min_pow equals max_pow".formatted(grid.path("resolution")));
    }
    if (run.medtrans().testOnly()) {
      findings.invalid("medtrans.lr_finder", "found true, allowed: false with medtrans.test_only");
    }
    if (run.training().restores()) {
      findings.invalid(
          "medtrans.lr_finder",
          "found true, allowed: false with training_params.restore_session or restore_only_model");
    }
    if (run.optimization().main().optimizer().autoscaleLr()) {
      findings.notice(
          "optimization_params.default.optimizer.autoscale_lr",
          "off while the learning rate is searched: what is tried is what is applied; keep it off"
              + " to train with what was found");
    }
  }

  private void rising(String path, String low, double from, String high, double to) {
    if (from > to) {
      findings.invalid(
          path + "." + low, "found %s, allowed: at most %s, which is %s".formatted(from, high, to));
    }
  }

  /** Position embeddings are interpolated to another size than img_size, so any grid will do. */
  private void transformerInput(String path, OutputSize size) {
    int patch = run.model().transformer().patchSize();
    boolean square = size.height() == size.width();
    if (patchFits() && (!square || size.height() % patch != 0)) {
      findings.invalid(
          path,
          "gives %s images, allowed: squares of a multiple of patch_size %d"
              .formatted(size, patch));
    }
  }

  private boolean patchFits() {
    RunConfig.TransformerParams params = run.model().transformer();
    return params.imgSize().get(0) % params.patchSize() == 0;
  }

  private void patches() {
    RunConfig.TransformerParams params = run.model().transformer();
    String path = "model_params.transformers_params";
    if (transformer() && !patchFits()) {
      findings.invalid(
          path + ".patch_size",
          "found %d, allowed: a divisor of img_size %d"
              .formatted(params.patchSize(), params.imgSize().get(0)));
    }
    if (params.imgSize().stream().distinct().count() > 1) {
      findings.invalid(
          path + ".img_size", "found " + params.imgSize() + ", allowed: square images");
    }
  }

  private void evaluationOrder() {
    evaluationOrder("valloader", run.dataloaders().valloader());
    evaluationOrder("testloader", run.dataloaders().testloader());
  }

  private void evaluationOrder(String key, RunConfig.Loader loader) {
    if (loader.shuffle() || loader.dropLast()) {
      findings.notice(
          "dataloader_params." + key,
          "shuffle and drop_last do nothing here: every image is covered once, in a fixed order");
    }
  }

  private void testOnly() {
    if (run.medtrans().checkpoint() != null && !run.medtrans().testOnly()) {
      findings.invalid("medtrans.checkpoint", "given without medtrans.test_only");
    }
  }

  private void pretrained() {
    boolean file = run.medtrans().weightsFile() != null;
    if (file && !run.model().pretrained()) {
      findings.invalid("medtrans.weights_file", "given without model_params.pretrained");
    }
    if (run.model().pretrained() && !file && PublishedWeights.of(run.model()).isEmpty()) {
      RunConfig.TransformerParams params = run.model().transformer();
      String what = run.model().backbone().label() + " (" + params.pretrainedType();
      findings.invalid(
          "model_params.pretrained",
          "no weights are published for %s, allowed: %s, or a file in medtrans.weights_file"
              .formatted(
                  what + (transformer() ? ", patch " + params.patchSize() : "") + ")",
                  PublishedWeights.all().stream()
                      .map(PublishedWeights::describe)
                      .collect(Collectors.joining(", "))));
    }
  }

  private void start() {
    if (run.model().pretrained() && (run.transfers() || run.training().restores())) {
      findings.notice(
          "model_params.pretrained", "does nothing here: the run begins with an earlier model");
    }
    if (!run.transfers()) {
      return;
    }
    RunConfig.TransferLearning transfer = run.transfer();
    if (run.training().restores()) {
      findings.notice(
          "transfer_learning_params",
          "does nothing here: the run goes on from an earlier one of its model_name");
    }
    if (!transfer.ofFile() && transfer.pretrainedModelName().isBlank()) {
      findings.invalid(
          "transfer_learning_params.pretrained_model_name",
          "found \"\", allowed: a run id or a model name, or pretrained_path");
    }
  }

  private void gpus() {
    if (run.system().useGpu() && run.system().whichGpus().contains(",")) {
      findings.notBuilt("system_params.which_GPUs", "training on several GPUs");
    }
  }
}
