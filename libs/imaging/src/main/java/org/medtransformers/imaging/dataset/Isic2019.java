package org.medtransformers.imaging.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;

/**
 * ISIC 2019: dermoscopy of eight kinds of skin lesion; one image per row, one-hot.
 *
 * @param groupColumn of the label file or the metadata; null for the metadata's {@code lesion_id},
 *     where there are any
 */
record Isic2019(String groupColumn) implements DatasetSource {
  private static final String ID = "image";
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

  private static final AttributeColumns ATTRIBUTES =
      new AttributeColumns(
          Map.of("sex", "sex", "age", "age_approx", "site", "anatom_site_general"));

  @Override
  public DatasetName name() {
    return DatasetName.ISIC2019;
  }

  @Override
  public DatasetListing list(DatasetFolder folder) {
    Path file = folder.labelFile("ISIC_2019_Training_GroundTruth.csv");
    CsvTable truth = CsvTable.read(file, Stream.concat(COLUMNS.stream(), Stream.of(ID)).toList());
    Path metadata = folder.has(METADATA) ? folder.labelFile(METADATA) : null;
    Map<String, String> groups = groups(truth, metadata);
    Map<String, SortedMap<String, String>> attributes =
        metadata == null ? Map.of() : attributes(CsvTable.read(metadata, List.of(ID)));
    List<Sample> samples = new ArrayList<>();
    for (Map<String, String> row : truth.rows()) {
      String id = row.get(ID);
      samples.add(
          new Sample(
              id,
              new ImageFile(folder.image("train/" + id + ".jpg")),
              List.of(label(file, row)),
              groups.getOrDefault(id, ""),
              attributes.getOrDefault(id, Collections.emptySortedMap())));
    }
    List<Path> files = Stream.of(metadata, file).filter(Objects::nonNull).toList();
    return HeldOut.split(
        folder, description(folder), files, Labels.checked(file, samples), HELD_OUT);
  }

  /** Groups by image. */
  private Map<String, String> groups(CsvTable truth, Path metadata) {
    if (groupColumn != null && (metadata == null || truth.has(groupColumn))) {
      return column(CsvTable.read(truth.file(), List.of(ID, groupColumn)), groupColumn);
    }
    if (metadata == null) {
      return Map.of();
    }
    String column = groupColumn == null ? "lesion_id" : groupColumn;
    return column(CsvTable.read(metadata, List.of(ID, column)), column);
  }

  private static Map<String, String> column(CsvTable table, String column) {
    Map<String, String> values = new HashMap<>();
    table.rows().forEach(row -> values.put(row.get(ID), row.get(column)));
    return values;
  }

  /** What is known of each image, by image. */
  private static Map<String, SortedMap<String, String>> attributes(CsvTable metadata) {
    Map<String, SortedMap<String, String>> all = new HashMap<>();
    metadata.rows().forEach(row -> all.put(row.get(ID), ATTRIBUTES.of(row)));
    return all;
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
          file, row.get(ID), String.join(",", values), "one 1 among 0s in " + COLUMNS);
    }
    return ones.get(0);
  }

  private DatasetDescription description(DatasetFolder folder) {
    return new DatasetDescription(
        name().label(),
        CLASSES,
        Task.MULTI_CLASS,
        3,
        List.of(0.66776717, 0.52960888, 0.52434725),
        List.of(0.22381877, 0.20363036, 0.21538623),
        TargetMetric.RECALL,
        folder.isSynthetic());
  }
}
