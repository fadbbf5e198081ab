package org.medtransformers.imaging.dataset;

import java.io.IOException;
import java.nio.file.Files;
import org.medtransformers.contracts.config.DatasetName;

class ImageFolderSetConformanceTest extends DatasetSourceConformanceTest {
  @Override
  DatasetName name() {
    return DatasetName.IMAGE_FOLDER;
  }

  @Override
  String options() {
    return "{\"image_folder\": {}}";
  }

  @Override
  void write() throws IOException {
    for (int i = 0; i < 20; i++) {
      Files.writeString(file((i % 2 == 0 ? "benign/" : "melanoma/") + i + ".png"), "x");
    }
  }
}
