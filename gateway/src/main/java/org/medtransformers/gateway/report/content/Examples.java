package org.medtransformers.gateway.report.content;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.DatasetImage;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.loader.LoaderSpec;
import org.medtransformers.contracts.result.EvaluationResults;
import org.medtransformers.gateway.document.Block.Picture;
import org.medtransformers.gateway.entity.RunEntity;
import org.medtransformers.service.path.Artifacts;
import org.medtransformers.statistics.PredictedImage;
import org.medtransformers.statistics.PredictionsCsv;

/** What a prepared data set holds, and a few of its test images as a model sees them. */
@Singleton
final class Examples {
  private static final int PER_CLASS = 2;

  /** Of more the first are shown. */
  static final int MOST_CLASSES = 10;

  private static final int MOST_PAGES = 10;
  private static final long LARGEST_FILE = 32L << 20;
  private static final int MOST_BYTES = 4 << 20;

  private final DataService service;
  private final Artifacts artifacts;

  Examples(DataService service, Artifacts artifacts) {
    this.service = service;
    this.artifacts = artifacts;
  }

  /** An image that is shown. */
  private record Chosen(String id, int label) {}

  /**
   * The images of {@code run}'s data set; what is not to be had is missing, and the note says why.
   *
   * @param run evaluated, or at least prepared
   */
  Study.Images of(RunEntity run, boolean pictures) {
    DataService.Prepared prepared;
    try {
      prepared = service.dataset(run.prepared.id());
    } catch (MedtransException | UncheckedIOException e) {
      return new Study.Images(
          Map.of(),
          Study.Images.UNKNOWN,
          List.of(),
          "The data-service did not tell of these images: " + e.getMessage());
    }
    Map<Split, List<Integer>> counts =
        prepared.classCounts() == null ? Map.of() : prepared.classCounts();
    Study.Copies copies =
        prepared.statistics() == null ? Study.Images.UNKNOWN : prepared.statistics();
    if (!pictures) {
      return new Study.Images(counts, copies, List.of(), null);
    }
    List<Picture> examples = new ArrayList<>();
    String note = null;
    try {
      draw(run, examples);
    } catch (IOException | MedtransException | UncheckedIOException | IllegalArgumentException e) {
      note = "No example images are shown, or not of all classes: " + e.getMessage();
    }
    return new Study.Images(counts, copies, examples, note);
  }

  private void draw(RunEntity run, List<Picture> examples) throws IOException {
    List<Chosen> chosen = chosen(run);
    Map<String, Integer> rows = rows(run.prepared.id(), chosen);
    String loader =
        service.loader(
            new LoaderSpec(
                run.prepared.id(),
                Split.TEST,
                run.file().config().dataset().testTransforms(),
                1,
                false,
                false,
                0));
    DatasetDescription data = run.prepared.description();
    int bytes = 0;
    for (Chosen image : chosen) {
      if (!rows.containsKey(image.id())) {
        throw new IOException("the data-service does not know " + image.id());
      }
      byte[] png = service.preview(loader, rows.get(image.id()));
      bytes += png.length;
      if (bytes > MOST_BYTES) {
        throw new IOException(
            "together they would have more than %d MiB".formatted(MOST_BYTES >> 20));
      }
      String name = "example-%s-%d".formatted(run.prepared.id().substring(0, 8), examples.size());
      examples.add(Picture.of(name, data.classes().get(image.label()), png));
    }
  }

  /** The first of each class in the order of the split. */
  private List<Chosen> chosen(RunEntity run) throws IOException {
    Path file = artifacts.run(run.id.toString()).resolve(EvaluationResults.PREDICTIONS);
    if (!Files.isRegularFile(file) || Files.size(file) > LARGEST_FILE) {
      throw new IOException("no model has been tested yet, or the list of its images is too long");
    }
    Map<Integer, List<Chosen>> byClass = new LinkedHashMap<>();
    try (Reader csv = Files.newBufferedReader(file)) {
      for (PredictedImage image : PredictionsCsv.read(csv)) {
        for (int label : image.classes()) {
          List<Chosen> own = byClass.computeIfAbsent(label, l -> new ArrayList<>());
          if (own.size() < PER_CLASS) {
            own.add(new Chosen(image.image(), label));
          }
        }
      }
    }
    return byClass.keySet().stream()
        .sorted()
        .limit(MOST_CLASSES)
        .flatMap(label -> byClass.get(label).stream())
        .toList();
  }

  private Map<String, Integer> rows(String dataset, List<Chosen> chosen) {
    Map<String, Integer> rows = new HashMap<>();
    List<String> wanted = chosen.stream().map(Chosen::id).toList();
    for (int page = 0; page < MOST_PAGES; page++) {
      List<DatasetImage> images = service.images(dataset, Split.TEST, page);
      images.stream()
          .filter(image -> wanted.contains(image.id()))
          .forEach(image -> rows.put(image.id(), image.index()));
      if (images.size() < DataService.PAGE) {
        break;
      }
    }
    return rows;
  }
}
