package org.medtransformers.images;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FileEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

  @Test
  void anotherVersionIsUnpackedAnew() throws IOException {
    Torch torch = new Torch(Examples.settings());
    Path work = folder.resolve("work");
    torch.layer(List.of(nativeJar("2.7.1")), work);
    FileEntriesLayer layer = torch.layer(List.of(nativeJar("2.8.0")), work);
    FileEntry library =
        layer.getEntries().stream()
            .filter(entry -> entry.getExtractionPath().toString().endsWith("/libtorch.so"))
            .findFirst()
            .orElseThrow();
    assertEquals(
        "/opt/djl/pytorch/2.8.0-cpu-linux-x86_64/libtorch.so",
        library.getExtractionPath().toString());
    assertEquals("libtorch 2.8.0", Files.readString(library.getSourceFile()));
  }

  private Path nativeJar(String version) throws IOException {
    Path jar = folder.resolve("pytorch-native-cpu-" + version + ".jar");
    Map<String, String> entries =
        Map.of(
            "native/lib/pytorch.properties", "version=" + version,
            "pytorch/cpu/linux-x86_64/libtorch.so", "libtorch " + version);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (Map.Entry<String, String> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return jar;
  }
}
