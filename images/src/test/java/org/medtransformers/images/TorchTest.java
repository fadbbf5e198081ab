package org.medtransformers.images;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchTest {
  @TempDir Path folder;

  private Path jar(String name) throws IOException {
    Path jar = folder.resolve(name);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (String entry :
          List.of("native/lib/pytorch.properties", "a/libtorch.so", "a/libgomp.so.1", "b.dll")) {
        zip.putNextEntry(new ZipEntry(entry));
        zip.write(1);
      }
    }
    return jar;
  }

  @Test
  void aThinJarKeepsAllButTheLibraries() throws IOException {
    Path thin = Torch.thin(jar("pytorch-native-cpu.jar"), folder.resolve("thin"));
    try (ZipFile zip = new ZipFile(thin.toFile())) {
      assertEquals(
          List.of("native/lib/pytorch.properties"), zip.stream().map(ZipEntry::getName).toList());
    }
  }

  @Test
  void itsBytesDoNotDependOnWhenItWasMade() throws IOException {
    byte[] first = Files.readAllBytes(Torch.thin(jar("a.jar"), folder.resolve("first")));
    byte[] second = Files.readAllBytes(Torch.thin(jar("a.jar"), folder.resolve("second")));
    assertArrayEquals(first, second);
  }
}
