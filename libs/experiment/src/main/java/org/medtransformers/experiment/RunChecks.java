package org.medtransformers.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;
import org.medtransformers.contracts.config.Backbone;
import org.medtransformers.contracts.config.PublishedWeights;
import org.medtransformers.contracts.config.RunConfig;

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
    checks.fold();
    checks.patches();
    DatasetChecks.check(run, findings);
    OptimizationChecks.check(run, findings);
    SelfSupervisionChecks.check(run, findings);
    checks.evaluationOrder();
    checks.testOnly();
    checks.pretrained();
    checks.start();
    checks.gpus();
    checks.learningRateSearch();
  }

  /** The rounds of the experiment's own split are known by now, but not those of a phase's. */
  private void fold() {
    RunConfig.Split split = run.medtrans().split();
    if (split.crossValidates() && split.fold() == null) {
      findings.invalid(
          "medtrans.split.fold",
          "missing, allowed: the fold that tests; all folds are run where the file itself, not a"
              + " phase, says kind \"kfold\"");
    } else if (config.at("/medtrans/split").has("repeats")) {
      findings.invalid("medtrans.split.repeats", "given in a phase, allowed: in the file itself");
    }
  }

  private boolean transformer() {
    return run.model().backbone().family() == Backbone.Family.VISION_TRANSFORMER;
  }

  private void learningRateSearch() {
    JsonNode grid = config.at("/lr_finder/grid_search_params");
    double low = grid.path("min_pow").doubleValue();
    double high = grid.path("max_pow").doubleValue();
    findings.rising("lr_finder.grid_search_params", "min_pow", low, "max_pow", high);
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

  private void patches() {
    RunConfig.TransformerParams params = run.model().transformer();
    String path = "model_params.transformers_params";
    if (transformer() && !params.patchFits()) {
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
