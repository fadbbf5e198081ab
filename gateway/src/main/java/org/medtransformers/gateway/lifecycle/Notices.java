package org.medtransformers.gateway.lifecycle;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.result.Collapse;
import org.medtransformers.contracts.result.RunProgress;

/** What a reader of the results should know of a training. */
final class Notices {
  private Notices() {}

  /** Of a run as it was when its training ended. */
  static List<String> trained(RunConfig config, RunStatus run) {
    List<String> notices = new ArrayList<>();
    collapse(config, run.progress(), notices);
    neighbours(config, run.outcome().dataset(), notices);
    return notices;
  }

  private static void collapse(RunConfig config, RunProgress last, List<String> notices) {
    Collapse collapse = last == null ? null : last.collapse();
    if (collapse != null && collapse.suspected()) {
      notices.add(
          String.format(
              Locale.ROOT,
              "%s: medtrans.method %s looks collapsed: the embedding's standard deviation was %.2g"
                  + " at the end, less than a tenth of that of embeddings that differ",
              config.training().modelName(),
              config.medtrans().method(),
              collapse.embeddingStd()));
    }
  }

  private static void neighbours(RunConfig config, PreparedDataset dataset, List<String> notices) {
    int wanted = config.training().knnNeighbours();
    if (config.asksNeighbours() && dataset != null && dataset.sizes().train() < wanted) {
      notices.add(
          "training_params.knn_nhood: found %d, the training split of %s has %d images: all vote"
              .formatted(wanted, dataset.description().name(), dataset.sizes().train()));
    }
  }
}
