package org.medtransformers.imaging.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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

  private static final Map<String, String> ATTRIBUTES =
      Map.of("sex", "sex", "age", "age_approx", "site", "anatom_site_general");
  private static final AttributeColumns NO_ATTRIBUTES = new AttributeColumns(Map.of());

  @Override
  public DatasetName name() {
    return DatasetName.ISIC2019;
  }

  @Override
  public DatasetListing list(DatasetFolder folder) {
    Path file = folder.labelFile("ISIC_2019_Training_GroundTruth.csv");
    CsvTable truth =
        CsvTable.read(file, Stream.concat(COLUMNS.stream(), Stream.of(ID)).toList()).requireIds(ID);
    Optional<CsvTable> metadata =
        folder.has(METADATA)
            ? Optional.of(CsvTable.read(folder.labelFile(METADATA), List.of(ID)).requireIds(ID))
            : Optional.empty();
    Map<String, CsvRow> known = new HashMap<>();
    metadata.ifPresent(table -> table.rows().forEach(row -> known.put(row.get(ID), row)));
    GroupColumn groups = groups(truth, metadata);
    AttributeColumns attributes = metadata.map(Isic2019::attributes).orElse(NO_ATTRIBUTES);
    List<Sample> samples = new ArrayList<>();
    for (CsvRow row : truth.rows()) {
      String id = row.get(ID);
      CsvRow more = known.getOrDefault(id, row);
      samples.add(
          new Sample(
              id,
              new ImageFile(folder.image("train/" + id + ".jpg")),
              List.of(label(row)),
              groups.of(truth.has(groups.name()) ? row : more),
              attributes.of(more)));
    }
    List<Path> files =
        Stream.concat(metadata.stream().map(CsvTable::file), Stream.of(file)).toList();
    return HeldOut.split(folder, description(folder), files, samples, HELD_OUT)
        .noting(UnknownValues.notices(groups, attributes, samples));
  }

  /** In the label file or the metadata. */
  private GroupColumn groups(CsvTable truth, Optional<CsvTable> metadata) {
    if (groupColumn != null && (metadata.isEmpty() || truth.has(groupColumn))) {
      truth.requireColumn(groupColumn);
      return new GroupColumn(groupColumn);
    }
    GroupColumn groups = GroupColumn.of(groupColumn, "lesion_id");
    metadata.ifPresent(table -> table.requireColumn(groups.name()));
    return metadata.isEmpty() ? new GroupColumn(null) : groups;
  }

  private static AttributeColumns attributes(CsvTable metadata) {
    return new AttributeColumns(
        ATTRIBUTES.entrySet().stream()
            .filter(a -> metadata.has(a.getValue()))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  private static int label(CsvRow row) {
    List<String> values = COLUMNS.stream().map(row::get).toList();
    List<Integer> ones =
        IntStream.range(0, values.size())
            .filter(i -> values.get(i).matches("1(\\.0*)?"))
            .boxed()
            .toList();
    long zeros = values.stream().filter(v -> v.matches("0(\\.0*)?")).count();
    if (ones.size() != 1 || zeros != values.size() - 1) {
      throw Labels.outOfRange(
          row, row.get(ID), String.join(",", values), "one 1 among 0s in " + COLUMNS);
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
