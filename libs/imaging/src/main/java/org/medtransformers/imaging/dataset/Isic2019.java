package org.medtransformers.imaging.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;

/** ISIC 2019: dermoscopy of eight kinds of skin lesion; one image per row, one-hot. */
record Isic2019() implements DatasetSource {
  private static final String METADATA = "ISIC_2019_Training_Metadata.csv";
  private static final List<String> COLUMNS =
      List.of("MEL", "NV", "BCC", "AK", "BKL", "DF", "VASC", "SCC");
  private static final List<String> CLASSES =
      List.of(
          "Melanoma",
          "Melanocytic nevus",
          "Basal cell carcinoma",
          "Actinic keratosis",
          "Benign keratosis",
          "Dermatofibroma",
          "Vascular lesion",
          "Squamous cell carcinoma");
  private static final double HELD_OUT = 0.2;

  @Override
  public String name() {
    return "ISIC2019";
  }

  @Override
  public DatasetListing list(DatasetFolder folder) {
    List<Path> files = new ArrayList<>();
    Map<String, String> lesions = Map.of();
    if (folder.has(METADATA)) {
      files.add(folder.labelFile(METADATA));
      lesions = lesions(files.get(0));
    }
    Path file = folder.labelFile("ISIC_2019_Training_GroundTruth.csv");
    files.add(file);
    List<String> columns = new ArrayList<>(COLUMNS);
    columns.add("image");
    List<Sample> samples = new ArrayList<>();
    for (Map<String, String> row : CsvTable.read(file, columns).rows()) {
      String id = row.get("image");
      samples.add(
          new Sample(
              id,
              folder.image("train/" + id + ".jpg"),
              label(file, row),
              lesions.getOrDefault(id, "")));
    }
    return HeldOut.split(
        folder, description(folder), files, Labels.checked(file, samples), HELD_OUT);
  }

  private static Map<String, String> lesions(Path file) {
    Map<String, String> lesions = new HashMap<>();
    CsvTable.read(file, List.of("image", "lesion_id"))
        .rows()
        .forEach(row -> lesions.put(row.get("image"), row.get("lesion_id")));
    return lesions;
  }

  private static int label(Path file, Map<String, String> row) {
    List<String> values = COLUMNS.stream().map(row::get).toList();
    List<Integer> ones =
        IntStream.range(0, values.size())
            .filter(i -> values.get(i).matches("1(\\.0*)?"))
            .boxed()
            .toList();
    long zeros = values.stream().filter(v -> v.matches("0(\\.0*)?")).count();
    if (ones.size() != 1 || zeros != values.size() - 1) {
      throw Labels.outOfRange(
          file, row.get("image"), String.join(",", values), "one 1 among 0s in " + COLUMNS);
    }
    return ones.get(0);
  }

  private DatasetDescription description(DatasetFolder folder) {
    return new DatasetDescription(
        name(),
        CLASSES,
        Task.MULTI_CLASS,
        3,
        List.of(0.66776717, 0.52960888, 0.52434725),
        List.of(0.22381877, 0.20363036, 0.21538623),
        TargetMetric.RECALL,
        folder.isSynthetic());
  }
}
