package org.medtransformers.imaging.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.config.OwnData;
import org.medtransformers.contracts.data.TargetMetric;

/**
 * DICOM files and a CSV file that names the class of each.
 *
 * @param splitColumn {@code group_column} of the split, which goes before that of the options; or
 *     null
 */
record DicomSet(OwnData.Dicom options, String splitColumn) implements DatasetSource {

  @Override
  public DatasetName name() {
    return DatasetName.DICOM;
  }

  @Override
  public String folder() {
    return options.folder() == null ? name().label() : options.folder();
  }

  @Override
  public DatasetListing list(DatasetFolder folder) {
    Path file = folder.labelFile(options.csv());
    GroupColumn groups = GroupColumn.of(splitColumn, options.groupColumn());
    AttributeColumns attributes = AttributeColumns.named(options.subgroupColumns());
    List<String> columns =
        Stream.of(
                Stream.of(options.idColumn(), options.labelColumn()),
                groups.columns(),
                attributes.columns().stream())
            .flatMap(s -> s)
            .toList();
    List<CsvRow> rows = CsvTable.read(file, columns).requireIds(options.idColumn()).rows();
    attributes.requireFew(file, rows);
    LabelColumn labels =
        LabelColumn.of(file, options.labelColumn(), options.idColumn(), options.classes(), rows);
    DicomFiles files = new DicomFiles(folder);
    List<Sample> samples =
        rows.stream()
            .map(
                row -> {
                  String id = row.get(options.idColumn());
                  return new Sample(
                      id,
                      new ImageFile(files.of(id)),
                      List.of(labels.number(row)),
                      groups.of(row),
                      attributes.of(row));
                })
            .toList();
    return HeldOut.split(
            folder,
            OwnDescription.of(
                this,
                "dicom",
                options,
                labels.names().names(),
                labels.names().task(),
                1,
                TargetMetric.usual(labels.names().task()),
                folder),
            List.of(file),
            samples,
            HeldOut.OWN_DATA)
        .noting(labels.names().notices(options.targetMetric()))
        .noting(UnknownValues.notices(groups, attributes, samples));
  }
}
