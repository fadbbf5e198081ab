package org.medtransformers.imaging.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.medtransformers.contracts.config.OwnData;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/**
 * Finds the columns of a table that nobody has described. Images stand in the column whose values
 * are files in the table's folder; classes in the one that is called so, or in the only one that is
 * left; patients in one that is called so.
 */
final class LabelTable {
  /** Values that are looked for on the disk. */
  private static final int LOOKED_AT = 50;

  private static final Set<String> LABELS =
      Set.of(
          "label",
          "class",
          "class_name",
          "category",
          "diagnosis",
          "dx",
          "target",
          "finding",
          "grade",
          "level",
          "severity",
          "stage");
  private static final Set<String> GROUPS =
      Set.of(
          "patient",
          "patient_id",
          "patientid",
          "subject",
          "subject_id",
          "case_id",
          "lesion_id",
          "group",
          "group_id");
  private static final String OTHERWISE =
      "allowed: one called label, class, diagnosis, grade or the like; an experiment file names any"
          + " (medtrans.csv)";

  private LabelTable() {}

  /** Whether {@code file} is called as a table is; {@code groups.csv} says another thing. */
  static boolean isTable(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return (name.endsWith(".csv") || name.endsWith(".tsv")) && !name.equals("groups.csv");
  }

  /** How the table names its images and classes; empty where it names no images. */
  static Optional<OwnData.Csv> in(Path file, Predicate<Path> allowed) {
    CsvTable table = read(file);
    DatasetFolder folder = DatasetFolder.open(file.getParent(), ".", allowed);
    return table.columns().stream()
        .filter(column -> !column.isEmpty() && namesImages(table, column, folder))
        .findFirst()
        .map(images -> described(table, images));
  }

  /** The same of a table that somebody has named. */
  static OwnData.Csv require(Path file, Predicate<Path> allowed) {
    return in(file, allowed)
        .orElseThrow(() -> Labels.invalid(file, "has " + withoutImages(read(file))));
  }

  /** Why no table among {@code files} is one of images; empty where there is none. */
  static Optional<String> why(List<Path> files, Predicate<Path> allowed) {
    return files.stream()
        .filter(file -> isTable(file) && in(file, allowed).isEmpty())
        .findFirst()
        .map(file -> "has %s with %s".formatted(file.getFileName(), withoutImages(read(file))));
  }

  private static String withoutImages(CsvTable table) {
    return "no column whose values are files beside it, only " + table.columns();
  }

  /** Between whatever its header has. */
  private static CsvTable read(Path file) {
    String header = Labels.text(file).lines().findFirst().orElse("");
    for (String separator : List.of(",", ";", "\t")) {
      if (header.contains(separator)) {
        String first = header.split(separator, -1)[0].replace("\"", "").replace("\uFEFF", "");
        return CsvTable.read(file, List.of(PlainText.of(first)));
      }
    }
    return CsvTable.read(file, List.of());
  }

  private static boolean namesImages(CsvTable table, String column, DatasetFolder folder) {
    List<String> values =
        table.rows().stream().limit(LOOKED_AT).map(row -> row.get(column)).toList();
    return !values.isEmpty()
        && values.stream().noneMatch(value -> value.isEmpty() || value.equals("."))
        && values.stream().allMatch(value -> isFile(folder, value));
  }

  private static boolean isFile(DatasetFolder folder, String value) {
    try {
      return Files.isRegularFile(folder.followed(value));
    } catch (MedtransException e) {
      return false;
    }
  }

  private static OwnData.Csv described(CsvTable table, String images) {
    Optional<String> group =
        table.columns().stream()
            .filter(c -> GROUPS.contains(c.toLowerCase(Locale.ROOT)))
            .findFirst();
    List<String> others =
        table.columns().stream()
            .filter(c -> !c.isEmpty() && !c.equals(images))
            .filter(c -> group.filter(c::equals).isEmpty())
            .toList();
    List<String> called =
        others.stream().filter(c -> LABELS.contains(c.toLowerCase(Locale.ROOT))).toList();
    List<String> labels = called.isEmpty() ? others : called;
    if (labels.size() != 1) {
      throw MedtransException.of(
          ErrorCode.DATASET_INVALID,
          "label file %s: images are in column %s, but classes may be in any of %s; %s"
              .formatted(table.file(), images, labels, OTHERWISE));
    }
    return new OwnData.Csv(
        table.file().getFileName().toString(),
        images,
        labels,
        false,
        group.orElse(null),
        null,
        null,
        ".",
        null,
        null,
        null,
        null);
  }
}
