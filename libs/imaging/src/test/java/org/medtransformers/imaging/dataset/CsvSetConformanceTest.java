package org.medtransformers.imaging.dataset;

import java.io.IOException;
import java.nio.file.Files;
import org.medtransformers.contracts.config.DatasetName;

class CsvSetConformanceTest extends DatasetSourceConformanceTest {
  @Override
  DatasetName name() {
    return DatasetName.CSV;
  }

  @Override
  String options() {
    return """
    {"csv": {"file": "labels.csv", "image_column": "image", "label_columns": ["grade"]}}
    """;
  }

  @Override
  void write() throws IOException {
    StringBuilder csv = new StringBuilder("image,grade\n");
    for (int i = 0; i < 20; i++) {
      csv.append("%d.png,%s\n".formatted(i, i % 2 == 0 ? "low" : "high"));
    }
    Files.writeString(file("labels.csv"), csv);
  }
}
