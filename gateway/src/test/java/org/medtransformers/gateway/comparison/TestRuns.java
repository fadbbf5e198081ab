package org.medtransformers.gateway.comparison;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.UUID;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.config.RunFile;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.data.SplitSizes;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.data.UsedSplit;
import org.medtransformers.contracts.result.Metrics;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.experiment.Overrides;
import org.medtransformers.gateway.entity.RunEntity;

/** Runs as the table of the gateway has them, as far as a comparison looks at them. */
final class TestRuns {
  private final RunEntity run = new RunEntity();
  private final ObjectNode config = Json.mapper().createObjectNode();

  private TestRuns() {}

  /** A queued run on a data set of that name in the experiment file. */
  static TestRuns of(String initialisation, String backbone, DatasetName dataset) {
    TestRuns runs = new TestRuns();
    runs.run.id = UUID.randomUUID();
    runs.run.experimentId = new UUID(0, 1);
    runs.run.initialisation = initialisation;
    runs.run.backbone = backbone;
    runs.run.dataset = dataset.label();
    runs.run.state = RunState.QUEUED;
    runs.run.lastPhase = true;
    runs.run.notices = List.of();
    return runs.with("dataset_params.dataset", dataset.label())
        .with("dataset_params.data_location", "/data")
        .with("medtrans.split.kind", "seed-compatible");
  }

  TestRuns with(String path, Object value) {
    Overrides.set(config, path, Json.tree(value));
    return this;
  }

  TestRuns experiment(long number) {
    run.experimentId = new UUID(0, number);
    return this;
  }

  TestRuns repetition(int repetition) {
    run.repetition = repetition;
    run.seed = repetition;
    return this;
  }

  /** One round of a cross-validation of so many folds. */
  TestRuns fold(int fold, int folds, long seed) {
    return with("medtrans.split.kind", "kfold")
        .with("medtrans.split.folds", folds)
        .with("medtrans.split.fold", fold)
        .with("medtrans.split.seed", seed);
  }

  /**
   * Its data have been prepared, 60 images to train with and 20 to test.
   *
   * @param data hash of what was divided; null for a set of before it was kept
   * @param heldOut hash of what is validated and tested on; likewise
   */
  TestRuns prepared(TargetMetric metric, String kind, String data, String heldOut) {
    run.prepared =
        new PreparedDataset(
            "set " + data,
            new DatasetDescription(
                run.dataset,
                List.of("a", "b"),
                metric == TargetMetric.ROC_AUC ? Task.BINARY : Task.MULTI_CLASS,
                3,
                List.of(),
                List.of(),
                metric,
                false),
            new SplitSizes(60, 20, 20),
            0,
            new UsedSplit(
                kind,
                kind + " " + heldOut,
                data,
                heldOut,
                config.at("/medtrans/split/train_fraction").isMissingNode()
                    ? null
                    : config.at("/medtrans/split/train_fraction").doubleValue()),
            0,
            List.of());
    return this;
  }

  /** It has been evaluated, with this value of its target metric. */
  TestRuns evaluated(double value) {
    boolean area = run.prepared.description().targetMetric() == TargetMetric.ROC_AUC;
    run.state = RunState.SUCCEEDED;
    run.testMetrics =
        new Metrics(
            20,
            1,
            0.1,
            0.1,
            value,
            0.1,
            area ? null : value,
            area ? value : null,
            null,
            null,
            List.of(),
            List.of());
    return this;
  }

  TestRuns failed() {
    run.state = RunState.FAILED;
    return this;
  }

  RunEntity run() {
    run.file(RunFile.of(config));
    return run;
  }
}
