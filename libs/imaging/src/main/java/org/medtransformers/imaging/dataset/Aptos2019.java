package org.medtransformers.imaging.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;

/**
 * APTOS 2019 Blindness Detection: fundus photographs, diabetic retinopathy in five grades.
 *
 * @param groupColumn of the label file; null where images have no groups
 */
record Aptos2019(String groupColumn) implements DatasetSource {
  private static final List<String> CLASSES =
      List.of("No DR", "Mild", "Moderate", "Severe", "Proliferative DR");
  private static final double HELD_OUT = 0.3;

  @Override
  public DatasetName name() {
    return DatasetName.APTOS2019;
  }

  @Override
  public DatasetListing list(DatasetFolder folder) {
    Path file = folder.labelFile("train.csv");
    List<String> columns =
        Stream.of("id_code", "diagnosis", groupColumn).filter(Objects::nonNull).toList();
    CsvTable table = CsvTable.read(file, columns);
    List<Sample> samples =
        Labels.checked(file, table.rows().stream().map(r -> sample(folder, file, r)).toList());
    return HeldOut.split(folder, description(folder), List.of(file), samples, HELD_OUT);
  }

  private Sample sample(DatasetFolder folder, Path file, Map<String, String> row) {
    String id = row.get("id_code");
    String grade = row.get("diagnosis");
    if (!grade.matches("[0-4]")) {
      throw Labels.outOfRange(file, id, grade, "0 to 4");
    }
    return new Sample(
        id,
        folder.image("train_images/" + id + ".png"),
        Integer.parseInt(grade),
        groupColumn == null ? "" : row.get(groupColumn));
  }

  private DatasetDescription description(DatasetFolder folder) {
    return new DatasetDescription(
        name().label(),
        CLASSES,
        Task.MULTI_CLASS,
        3,
        List.of(0.415, 0.221, 0.073),
        List.of(0.275, 0.150, 0.081),
        TargetMetric.COHEN_KAPPA,
        folder.isSynthetic());
  }
}
