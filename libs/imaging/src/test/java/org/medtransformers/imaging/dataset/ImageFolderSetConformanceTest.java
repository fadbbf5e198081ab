package org.medtransformers.imaging.dataset;

import java.io.IOException;
import java.nio.file.Files;

class ImageFolderSetConformanceTest extends DatasetSourceConformanceTest {
  @Override
  String name() {
    return "ImageFolder";
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
