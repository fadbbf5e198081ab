package org.medtransformers.cli.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.contracts.error.MedtransException;

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
  void aPathIntoARunsFolderMeansThatRun() throws IOException {
    assertEquals("r-0", name("../../../home/runs/r-0/checkpoints/best"));
    assertEquals("r-0", name(folder.resolve("home/runs/r-0").toString()));
  }

  @Test
  void aFileBelowAnotherFolderCalledRunsIsNoRun() throws IOException {
    Files.createDirectories(folder.resolve(HERE).resolve("models/best"));
    assertThrows(MedtransException.class, () -> name("models/best"));
  }
}
