package org.medtransformers.gateway.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskGaugesTest {
  @TempDir Path root;

  @Test
  void everyFileCountsForItsKind() throws IOException {
    write("runs/r/checkpoints/attempt-1/model.safetensors", 100);
    write("runs/r/checkpoints/attempt-1/optimizer.safetensors", 200);
    write("runs/r/checkpoints/best.json", 3);
    write("runs/r/results.json", 10);
    write("runs/r/attention/0.png", 20);
    write("datasets/d/train-000.npy", 1000);
    write("weights/resnet18.pth", 2000);
    write("stack/logs/gateway.log", 5);
    assertEquals(
        Map.of(
            "models",
            100L,
            "checkpoints",
            200L,
            "results",
            33L,
            "datasets",
            1000L,
            "weights",
            2000L,
            "stack",
            5L),
        DiskGauges.sizes(root));
  }

  @Test
  void anArtifactRootThatIsNotThereHasNothingOfAnyKind() throws IOException {
    assertEquals(
        Map.of(
            "models",
            0L,
            "checkpoints",
            0L,
            "results",
            0L,
            "datasets",
            0L,
            "weights",
            0L,
            "stack",
            0L),
        DiskGauges.sizes(root.resolve("none")));
  }

  private void write(String name, int bytes) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[bytes]);
  }
}
