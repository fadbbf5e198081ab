package org.medtransformers.gateway.model;

import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.data.UsedSplit;
import org.medtransformers.contracts.result.RunResult.MetricsBySplit;
import org.medtransformers.gateway.entity.RunEntity;
import org.medtransformers.gateway.entity.RunReference;

/**
 * A model that a run has trained.
 *
 * @param run that trained it
 * @param name by which its latest namesake is called
 * @param seed of the run
 * @param method {@code supervised}, or by which it learned without labels
 * @param preparedId of the data set that it was trained on
 * @param dataset its description
 * @param split of it
 * @param metrics by split
 * @param checkpoint folder of its weights, relative to the artifact root
 */
public record ModelView(
    RunReference run,
    String name,
    long seed,
    String method,
    String preparedId,
    DatasetDescription dataset,
    UsedSplit split,
    MetricsBySplit metrics,
    String checkpoint) {

  static ModelView of(RunEntity run, RunReference reference) {
    PreparedDataset prepared = run.prepared;
    return new ModelView(
        reference,
        run.modelName,
        run.seed,
        run.file().config().medtrans().method().label(),
        prepared.id(),
        prepared.description(),
        prepared.split(),
        new MetricsBySplit(run.valMetrics, run.testMetrics, run.knnMetrics, run.beginningMetrics),
        run.checkpoint);
  }
}
