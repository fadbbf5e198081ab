package org.medtransformers.imaging.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.medtransformers.contracts.config.DatasetName;

class MedMnistConformanceTest extends DatasetSourceConformanceTest {
  @Override
  DatasetName name() {
    return DatasetName.MED_MNIST;
  }

  @Override
  String options() {
    return "{\"medmnist\": {\"file\": \"mine.npz\", \"folder\": \"MedMNIST\"}}";
  }

  @Override
  void write() throws IOException {
    Map<String, byte[]> arrays = new LinkedHashMap<>();
    for (String part : List.of("train", "val", "test")) {
      arrays.put(part + "_images", NpzBytes.npy("|u1", "(4, 2, 3)", new byte[24]));
      arrays.put(part + "_labels", NpzBytes.npy("|u1", "(4, 1)", new byte[] {0, 1, 2, 1}));
    }
    Files.write(file("mine.npz"), NpzBytes.zip(arrays));
  }
}
