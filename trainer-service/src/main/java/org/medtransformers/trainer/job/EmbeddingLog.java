package org.medtransformers.trainer.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.files.WholeFile;
import org.medtransformers.plots.embedding.EmbeddingMap;
import org.medtransformers.plots.embedding.EmbeddingPlot;

/**
 * UMAP of the embeddings of each validation, as {@code training_params.log_embeddings} asks: {@code
 * plots/umap-<iteration>.png} in the run's folder, and a picture for TensorBoard. A picture that
 * cannot be made is a notice.
 */
record EmbeddingLog(
    Path runFolder,
    String title,
    DatasetDescription dataset,
    TensorBoard board,
    Consumer<String> notices) {
  /** Of {@code run}; empty where it does not ask for one. */
  static Optional<EmbeddingLog> of(
      TrainingEvent.Requested run, Path runFolder, TensorBoard board, Consumer<String> notices) {
    RunConfig.TrainingParams params = run.config().training();
    return params.logEmbeddings()
        ? Optional.of(
            new EmbeddingLog(
                runFolder, params.modelName(), run.dataset().description(), board, notices))
        : Optional.empty();
  }

  /** The picture of a validation that begins. */
  Picture begin() {
    return new Picture(new EmbeddingMap.Builder(dataset));
  }

  /** The images of one validation. */
  final class Picture {
    private final EmbeddingMap.Builder images;

    private Picture(EmbeddingMap.Builder images) {
      this.images = images;
    }

    /**
     * Adds a batch.
     *
     * @param index I64 [n], rows of the prepared index
     * @param labels [n], or [n, classes] of 0 and 1 where an image may show several
     * @param embeddings F32 [n, features]
     */
    void add(Tensor index, int[] labels, Tensor embeddings) {
      List<String> ids = Arrays.stream(index.longs()).mapToObj(Long::toString).toList();
      images.add(ids, Split.VAL, labels, embeddings);
    }

    /** Draws the images of the validation after {@code iteration}. */
    void draw(long iteration) {
      try {
        String heading = "%s, iteration %d".formatted(title, iteration);
        byte[] png = EmbeddingPlot.of(images.build(), heading).png();
        write(String.format(Locale.ROOT, "umap-%d.png", iteration), png);
        board.write(events -> events.image("embeddings/umap", iteration, png));
      } catch (IOException | MedtransException | LinkageError e) {
        // A Java without fonts or without its native parts throws a LinkageError.
        notices.accept(
            "training_params.log_embeddings: no UMAP of %s at iteration %d: %s"
                .formatted(title, iteration, e));
      }
    }
  }

  private void write(String name, byte[] content) throws IOException {
    Path folder = Files.createDirectories(runFolder.resolve("plots"));
    WholeFile.write(folder.resolve(name), out -> out.write(content));
  }
}
