package org.medtransformers.cli.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
  /** A working directory below some other folder called {@code runs}. */
  private static final String HERE = "runs/friday/project";

  @TempDir Path folder;

  private String name(String given) throws IOException {
    Path here = Files.createDirectories(folder.resolve(HERE));
    return Checkpoints.name(given, here, folder.resolve("home/runs"));
  }

  @Test
  void aNameIsANameWhateverTheWorkingDirectoryHolds() throws IOException {
    Files.createDirectories(folder.resolve(HERE).resolve("resnet18"));
    assertEquals("resnet18", name("resnet18"));
  }

  @Test
  void thePathOfARunsFolderMeansThatRun() throws IOException {
    assertEquals("r-0", name("../../../home/runs/r-0"));
    assertEquals("r-0", name(folder.resolve("home/runs/r-0").toString()));
  }

  @Test
  void thePathOfACheckpointMeansThatOneAndNoOther() throws IOException {
    Path last = Files.createDirectories(folder.resolve("home/runs/r-0/checkpoints/last"));
    assertEquals(last.toRealPath().toString(), name("../../../home/runs/r-0/checkpoints/last"));
  }

  @Test
  void aFileBelowAnotherFolderCalledRunsIsNoRun() throws IOException {
    Path best = Files.createDirectories(folder.resolve(HERE).resolve("models/best"));
    assertEquals(best.toRealPath().toString(), name("models/best"));
  }
}
