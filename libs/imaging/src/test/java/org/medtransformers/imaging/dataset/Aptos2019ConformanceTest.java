package org.medtransformers.imaging.dataset;

import java.io.IOException;
import java.nio.file.Files;
import org.medtransformers.contracts.config.DatasetName;

class Aptos2019ConformanceTest extends DatasetSourceConformanceTest {
  @Override
  DatasetName name() {
    return DatasetName.APTOS2019;
  }

  @Override
  void write() throws IOException {
    StringBuilder csv = new StringBuilder("id_code,diagnosis\n");
    for (int i = 0; i < 20; i++) {
      csv.append("eye%d,%d\n".formatted(i, i % 5));
    }
    Files.writeString(file("train.csv"), csv);
  }
}
