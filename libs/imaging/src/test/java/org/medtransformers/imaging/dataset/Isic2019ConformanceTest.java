package org.medtransformers.imaging.dataset;

import java.io.IOException;
import java.nio.file.Files;
import org.medtransformers.contracts.config.DatasetName;

class Isic2019ConformanceTest extends DatasetSourceConformanceTest {
  @Override
  DatasetName name() {
    return DatasetName.ISIC2019;
  }

  @Override
  void write() throws IOException {
    StringBuilder csv = new StringBuilder("image,MEL,NV,BCC,AK,BKL,DF,VASC,SCC,UNK\n");
    for (int i = 0; i < 20; i++) {
      String label = i % 2 == 0 ? "1,0" : "0,1";
      csv.append("i%d,%s,0,0,0,0,0,0,0\n".formatted(i, label));
    }
    Files.writeString(file("ISIC_2019_Training_GroundTruth.csv"), csv);
  }
}
