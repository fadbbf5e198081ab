package org.medtransformers.service.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.service.config.MedtransConfig;

class PathsTest {
  @TempDir Path temporary;
  private Path images;
  private Path outside;
  private Path home;
  private DataRoots roots;
  private Artifacts artifacts;

  @BeforeEach
  void makeFolders() throws IOException {
    Path real = temporary.toRealPath();
    images = Files.createDirectories(real.resolve("images/APTOS2019")).getParent();
    outside = Files.createDirectories(real.resolve("outside/data"));
    home = Files.createDirectories(real.resolve("home"));
    MedtransConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(MedtransConfig.class)
            .withDefaultValue("medtrans.home", home.toString())
            .withDefaultValue("medtrans.data-roots", images + "," + real.resolve("missing"))
            .withConverter(Duration.class, 100, new DurationConverter())
            .withConverter(MemorySize.class, 100, new MemorySizeConverter())
            .build()
            .getConfigMapping(MedtransConfig.class);
    roots = new DataRoots(config);
    artifacts = new Artifacts(config);
  }

  @Test
  void folderUnderARootIsAllowed() {
    Path asked = images.resolve("APTOS2019/../APTOS2019");
    assertEquals(images.resolve("APTOS2019"), roots.requireAllowed(asked.toString()));
  }

  @Test
  void folderOutsideIsRefusedAndTheRootsAreNotTold() {
    MedtransException refused = refused(outside.toString());
    assertTrue(refused.getMessage().contains(outside.toString()), refused.getMessage());
    assertFalse(refused.getMessage().contains(images.toString()), refused.getMessage());
    assertFalse(refused.getMessage().contains(home.toString()), refused.getMessage());
    assertTrue(refused.getMessage().contains("medtrans.data-roots"), refused.getMessage());
  }

  @Test
  void linkOutOfARootIsRefused() throws IOException {
    Path link = Files.createSymbolicLink(images.resolve("link"), outside);
    refused(link.toString());
    refused(link.resolve("missing").toString());
  }

  @Test
  void dotsOutOfARootAreRefused() {
    refused(images + "/../outside/data");
    refused(images + "/../outside/missing");
  }

  @Test
  void folderWhoseNameOnlyBeginsLikeARootIsRefused() throws IOException {
    refused(Files.createDirectory(Path.of(images + "-secret")).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"images", "../images", "", "a\0b"})
  void whatIsNoAbsolutePathIsRefused(String path) {
    refused(path);
  }

  @Test
  void missingFolderUnderARootIsNotFound() {
    MedtransException missing =
        assertThrows(
            MedtransException.class,
            () -> roots.requireAllowed(images.resolve("ISIC2019").toString()));
    assertEquals(ErrorCode.NOT_FOUND, missing.code());
  }

  @Test
  void folderCanBeAllowedWhileTheServiceRuns() throws IOException {
    refused(outside.toString());
    Files.writeString(home.resolve("data-roots"), "# allowed by hand\n\n" + outside + "\n");
    assertEquals(outside, roots.requireAllowed(outside.toString()));
    assertTrue(roots.allowsData(outside.resolve("eye.png")));
    assertFalse(roots.allowsData(outside.getParent()));
  }

  @Test
  void artifactsAreAllowedButNotTheFilesOfTheLocalStack() throws IOException {
    Path weights = Files.createDirectories(home.resolve("weights"));
    assertEquals(weights, roots.requireAllowed(weights.toString()));
    refused(Files.createDirectories(home.resolve("stack/postgres")).toString());
    refused(home.resolve("stack/missing").toString());
  }

  @Test
  void whatRunsHaveLeftIsNoData() throws IOException {
    assertTrue(roots.allowsData(home.resolve("demo/eye.png")));
    assertFalse(roots.allowsData(home.resolve("runs/r-1/predictions.csv")));
    assertFalse(roots.allowsData(home.resolve("datasets/d-1/index.csv")));
    Path run = Files.createDirectories(home.resolve("runs/r-1"));
    assertEquals(run, roots.requireAllowed(run.toString()));
    MedtransException refused =
        assertThrows(MedtransException.class, () -> roots.requireData(run.toString()));
    assertEquals(ErrorCode.PATH_NOT_ALLOWED, refused.code());
    assertEquals(images, roots.requireData(images.toString()));
  }

  @Test
  void artifactsOfARunLieUnderItsName() {
    assertEquals(home.resolve("runs/r-1"), artifacts.run("r-1"));
    assertEquals(
        "runs/r-1/results.json", artifacts.relative(home.resolve("runs/r-1/results.json")));
    assertEquals(home.resolve("runs/r-1/x"), artifacts.resolve("runs/r-1/x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", ".", "", "a/b", "/etc", "a\\b", ".hidden"})
  void nameThatIsAPathIsNoRun(String name) {
    assertThrows(MedtransException.class, () -> artifacts.run(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../outside", "/etc/passwd", "runs/../../outside", "a\0b"})
  void artifactOutsideTheRootIsRefused(String path) {
    assertThrows(MedtransException.class, () -> artifacts.resolve(path));
  }

  private MedtransException refused(String path) {
    MedtransException refused =
        assertThrows(MedtransException.class, () -> roots.requireAllowed(path));
    assertEquals(ErrorCode.PATH_NOT_ALLOWED, refused.code());
    return refused;
  }
}
