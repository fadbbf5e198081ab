package org.medtransformers.imaging.dataset;

import java.io.IOException;
import java.nio.file.Files;
import org.medtransformers.contracts.config.DatasetName;

class DicomSetConformanceTest extends DatasetSourceConformanceTest {
  @Override
  DatasetName name() {
    return DatasetName.DICOM;
  }

  @Override
  String options() {
    return """
    {"dicom": {"csv": "labels.csv", "id_column": "file", "label_column": "finding"}}
    """;
  }

  @Override
  void write() throws IOException {
    StringBuilder csv = new StringBuilder("file,finding\n");
    for (int i = 0; i < 20; i++) {
      csv.append("s/%d,%s\n".formatted(i, i % 2 == 0 ? "benign" : "malignant"));
      Files.writeString(file("s/" + i + ".dcm"), "x");
    }
    Files.writeString(file("labels.csv"), csv);
  }
}
