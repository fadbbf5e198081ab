package org.medtransformers.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaOptionsTest {
  private static final String HEAP = "-XX:MaxRAMPercentage=25";

  private final BuildImages images = new BuildImages(Examples.settings());

  /** Java would say so on the error output of each command. */
  @Test
  void theCommandHasThemInItsEntrypointAndNotInAVariable(@TempDir Path root) throws IOException {
    Files.createDirectories(SuiteImage.CLI.target(root).resolve("lib"));
    assertTrue(new Content(SuiteImage.CLI, root).entrypoint().contains(HEAP));
    assertFalse(images.environment(SuiteImage.CLI).containsKey("JAVA_TOOL_OPTIONS"));
  }

  /** A cluster's locale and a noexec folder for temporary files change nothing. */
  @Test
  void everyJavaReadsNamesAndWritesNumbersAlike(@TempDir Path root) throws IOException {
    for (SuiteImage image : SuiteImage.values()) {
      Files.createDirectories(image.target(root).resolve("lib"));
      Files.createDirectories(image.target(root).resolve("quarkus-app"));
      List<String> entrypoint = new Content(image, root).entrypoint();
      assertTrue(
          entrypoint.containsAll(
              List.of(
                  "-Dfile.encoding=UTF-8",
                  "-Dsun.jnu.encoding=UTF-8",
                  "-Duser.language=en",
                  "-Duser.country=US",
                  "-Djna.tmpdir=/var/lib/medtrans/jna")),
          image::name);
      assertEquals("C.UTF-8", images.environment(image).get("LC_ALL"));
    }
  }

  @Test
  void aServiceHasThemInAVariableThatAnInstallationCanAddTo() {
    assertEquals(
        HEAP + " -XX:+ExitOnOutOfMemoryError -Djava.awt.headless=true",
        images.environment(SuiteImage.TRAINER_SERVICE).get("JAVA_TOOL_OPTIONS"));
  }
}
