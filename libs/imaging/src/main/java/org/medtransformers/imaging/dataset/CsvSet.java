package org.medtransformers.imaging.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.config.OwnData;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/**
 * Images and a CSV file. One label column names the class of each image; several say of each
 * finding whether the image shows it, 1 or 0.
 *
 * @param splitColumn {@code group_column} of the split, which goes before that of the options; or
 *     null
 */
record CsvSet(OwnData.Csv options, String splitColumn) implements DatasetSource {
  private static final String KEY = "csv";
  private static final String YES = "1(\\.0*)?";
  private static final String NO = "0(\\.0*)?";

  @Override
  public DatasetName name() {
    return DatasetName.CSV;
  }

  @Override
  public String folder() {
    return options.folder() == null ? name().label() : options.folder();
  }

  @Override
  public DatasetListing list(DatasetFolder folder) {
    Path file = folder.labelFile(options.file());
    List<String> labels = options.labelColumns();
    GroupColumn groups = GroupColumn.of(splitColumn, options.groupColumn());
    AttributeColumns attributes = AttributeColumns.named(options.subgroupColumns());
    List<String> columns =
        Stream.of(
                Stream.of(options.imageColumn()),
                labels.stream(),
                groups.columns(),
                attributes.columns().stream())
            .flatMap(s -> s)
            .toList();
    List<CsvRow> rows = CsvTable.read(file, columns).requireIds(options.imageColumn()).rows();
    attributes.requireFew(file, rows);
    if (labels.size() > 1) {
      requireColumns(options.classes());
      List<Sample> samples =
          rows.stream().map(row -> sample(folder, row, findings(row), groups, attributes)).toList();
      return split(folder, file, samples, labels, Task.MULTI_LABEL)
          .noting(UnknownValues.notices(groups, attributes, samples));
    }
    Predicate<CsvRow> labelled = row -> !options.unlabelled() || hasLabel(row);
    List<CsvRow> classified = rows.stream().filter(labelled).toList();
    LabelColumn column =
        LabelColumn.of(file, labels.get(0), options.imageColumn(), options.classes(), classified);
    List<Sample> samples =
        classified.stream()
            .map(row -> sample(folder, row, List.of(column.number(row)), groups, attributes))
            .toList();
    List<Sample> others =
        rows.stream()
            .filter(labelled.negate())
            .map(row -> sample(folder, row, List.of(), groups, attributes))
            .toList();
    return split(folder, file, samples, column.names().names(), column.names().task())
        .noting(column.names().notices(options.targetMetric()))
        .noting(UnknownValues.notices(groups, attributes, samples))
        .beside(others);
  }

  private boolean hasLabel(CsvRow row) {
    String label = row.get(options.labelColumns().get(0));
    return !PlainText.isNoLabel(label)
        || (options.classes() != null && options.classes().contains(label));
  }

  /** The findings are the columns, in their order. */
  private void requireColumns(List<String> classes) {
    if (classes != null && !classes.equals(options.labelColumns())) {
      throw MedtransException.of(
          ErrorCode.INVALID_REQUEST,
          "medtrans.csv.classes: found %s, allowed with several label_columns: %s"
              .formatted(classes, options.labelColumns()));
    }
  }

  private Sample sample(
      DatasetFolder folder,
      CsvRow row,
      List<Integer> classes,
      GroupColumn groups,
      AttributeColumns attributes) {
    String image = row.get(options.imageColumn());
    return new Sample(
        image, new ImageFile(folder.followed(image)), classes, groups.of(row), attributes.of(row));
  }

  private List<Integer> findings(CsvRow row) {
    List<String> values = options.labelColumns().stream().map(row::get).toList();
    for (int i = 0; i < values.size(); i++) {
      if (!values.get(i).matches(YES + "|" + NO)) {
        throw Labels.outOfRange(
            row,
            row.get(options.imageColumn()),
            values.get(i),
            "0 and 1 in column " + options.labelColumns().get(i));
      }
    }
    return IntStream.range(0, values.size())
        .filter(i -> values.get(i).matches(YES))
        .boxed()
        .toList();
  }

  private DatasetListing split(
      DatasetFolder folder, Path file, List<Sample> samples, List<String> classes, Task task) {
    DatasetDescription description =
        OwnDescription.of(this, KEY, options, classes, task, 3, TargetMetric.usual(task), folder);
    return HeldOut.split(folder, description, List.of(file), samples, HeldOut.OWN_DATA);
  }
}
