package org.medtransformers.eval.job;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.DatasetImage;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.plots.embedding.EmbeddingMap;
import org.medtransformers.plots.embedding.EmbeddingPlot;

/** The embeddings of all splits in two dimensions: {@code umap.png} and {@code umap.json}. */
@RegisterForReflection(targets = EmbeddingMap.class, ignoreNested = false)
final class UmapPart implements EvaluationPart {
  @Override
  public boolean wanted(RunConfig.Evaluation options) {
    return options.umap();
  }

  @Override
  public void measure(Subject subject, Findings findings) throws InterruptedException {
    EmbeddingMap.Builder images = new EmbeddingMap.Builder(subject.description());
    for (Split split : Split.values()) {
      if (subject.dataset().sizes().of(split) > 0) {
        add(split, subject.outputs(split), images);
      }
    }
    subject.stopIfTold();
    try {
      EmbeddingMap map = images.build();
      findings.file("umap.json", Json.write(map) + "\n");
      findings.file(
          "umap.png", EmbeddingPlot.of(map, subject.config().training().modelName()).png());
    } catch (MedtransException | LinkageError e) {
      // A Java without fonts or without its native parts throws a LinkageError.
      findings.warn("medtrans.evaluation.umap: no map of the embeddings: " + e.getMessage());
    }
  }

  private static void add(Split split, SplitOutputs outputs, EmbeddingMap.Builder images) {
    Iterator<DatasetImage> known = outputs.images().iterator();
    outputs.forEachBatch(
        (embeddings, labels) -> {
          long n = embeddings.shape().get(0);
          List<String> ids = Stream.generate(() -> known.next().id()).limit(n).toList();
          images.add(ids, split, labels, embeddings);
        });
  }
}
