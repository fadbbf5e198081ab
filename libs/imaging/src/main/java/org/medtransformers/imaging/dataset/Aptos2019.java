package org.medtransformers.imaging.dataset;

import java.nio.file.Path;
import java.util.List;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;

/**
 * APTOS 2019 Blindness Detection: fundus photographs, diabetic retinopathy in five grades.
 *
 * @param groupColumn of the label file; null for {@code patient} or {@code group}, where there is
 *     one
 */
record Aptos2019(String groupColumn) implements DatasetSource {
  private static final List<String> CLASSES =
      List.of("No DR", "Mild", "Moderate", "Severe", "Proliferative DR");
  private static final List<String> USUAL_GROUPS =
      List.of("patient", "patient_id", "group", "group_id");
  private static final AttributeColumns NO_ATTRIBUTES = AttributeColumns.named(null);
  private static final double HELD_OUT = 0.3;

  @Override
  public DatasetName name() {
    return DatasetName.APTOS2019;
  }

  @Override
  public DatasetListing list(DatasetFolder folder) {
    Path file = folder.labelFile("train.csv");
    CsvTable table = CsvTable.read(file, List.of("id_code", "diagnosis")).requireIds("id_code");
    GroupColumn groups = groups(table);
    List<Sample> samples = table.rows().stream().map(row -> sample(folder, row, groups)).toList();
    return HeldOut.split(folder, description(folder), List.of(file), samples, HELD_OUT)
        .noting(UnknownValues.notices(groups, NO_ATTRIBUTES, samples));
  }

  /** As the experiment file says, else the first of the usual ones that there is. */
  private GroupColumn groups(CsvTable table) {
    if (groupColumn == null) {
      return new GroupColumn(USUAL_GROUPS.stream().filter(table::has).findFirst().orElse(null));
    }
    table.requireColumn(groupColumn);
    return new GroupColumn(groupColumn);
  }

  private static Sample sample(DatasetFolder folder, CsvRow row, GroupColumn groups) {
    String id = row.get("id_code");
    String grade = row.get("diagnosis");
    if (!grade.matches("[0-4](\\.0*)?")) {
      throw Labels.outOfRange(row, id, grade, "0 to 4");
    }
    return new Sample(
        id, folder.image("train_images/" + id + ".png"), grade.charAt(0) - '0', groups.of(row));
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
