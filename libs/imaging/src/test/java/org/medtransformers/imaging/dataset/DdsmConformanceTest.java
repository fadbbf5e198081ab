package org.medtransformers.imaging.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.medtransformers.contracts.config.DatasetName;

class DdsmConformanceTest extends DatasetSourceConformanceTest {
  @Override
  DatasetName name() {
    return DatasetName.DDSM;
  }

  @Override
  void write() throws IOException {
    for (String part : List.of("train", "val", "test")) {
      StringBuilder list = new StringBuilder();
      for (int i = 0; i < 4; i++) {
        list.append("%s_%s%d.png\n".formatted(i % 2 == 0 ? "normal" : "cancer", part, i));
      }
      Files.writeString(file("ddsm_raw_image_lists/" + part + ".txt"), list);
    }
  }
}
