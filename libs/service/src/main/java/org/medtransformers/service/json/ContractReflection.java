package org.medtransformers.service.json;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.config.Transforms;
import org.medtransformers.contracts.data.LoaderInfo;
import org.medtransformers.contracts.data.LoaderSpec;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.event.DatasetEvent;
import org.medtransformers.contracts.event.EvaluationEvent;
import org.medtransformers.contracts.event.ExperimentEvent;
import org.medtransformers.contracts.event.RunCancelRequested;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.contracts.result.ComparisonTable;
import org.medtransformers.contracts.result.Metrics;

/**
 * Tells a native build which records are read and written behind Quarkus' back: events, payloads
 * and files go through the contracts' own mapper. What REST resources name is found without this.
 */
@RegisterForReflection(
    targets = {
      ExperimentEvent.class,
      DatasetEvent.class,
      TrainingEvent.class,
      EvaluationEvent.class,
      RunCancelRequested.class,
      RunConfig.class,
      Transforms.class,
      LoaderSpec.class,
      LoaderInfo.class,
      PreparedDataset.class,
      Metrics.class,
      ComparisonTable.class
    },
    ignoreNested = false,
    registerFullHierarchy = true)
final class ContractReflection {
  private ContractReflection() {}
}
