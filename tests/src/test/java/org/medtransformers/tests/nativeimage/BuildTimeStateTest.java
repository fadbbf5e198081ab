package org.medtransformers.tests.nativeimage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Quarkus initialises every class when an image is built, but for those that are named for run
 * time; what their statics hold then lies in the image. Read here are our own classes and those of
 * DJL, JNA, zstd and UMAP; neither Quarkus' nor what it brings, of which its extensions take care.
 */
class BuildTimeStateTest {
  private static final String[] READ = {
    "org.medtransformers.",
    "data-service",
    "eval-service",
    "gateway",
    "trainer-service",
    "ai.djl.",
    "net.java.dev.jna.",
    "com.github.luben.",
    "tech.molecules."
  };

  /** Of all services, each jar once. */
  private static JavaClasses classes;

  @BeforeAll
  static void readEveryJar() throws IOException {
    Map<String, Path> jars = new HashMap<>();
    for (String service : ServiceClassPath.SERVICES) {
      ServiceClassPath.of(service).jars(READ).forEach(jar -> jars.put(name(jar), jar));
    }
    List<JarFile> open = new ArrayList<>();
    for (Path jar : jars.values()) {
      open.add(new JarFile(jar.toFile()));
    }
    classes = new ClassFileImporter().importJars(open);
    for (JarFile jar : open) {
      jar.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gateway", "data-service", "trainer-service", "eval-service"})
  void nothingThatEndsWithItsProcessIsHeldInTheImage(String service) {
    ServiceClassPath classPath = ServiceClassPath.of(service);
    NativeImageSettings settings = NativeImageSettings.of(classPath);
    List<String> jars = classPath.jars(READ).stream().map(BuildTimeStateTest::name).toList();
    List<JavaClass> read =
        classes.stream().filter(type -> jars.stream().anyMatch(jar -> isIn(type, jar))).toList();
    assertTrue(read.size() > 200, () -> "only %d classes".formatted(read.size()));
    assertEquals(
        List.of(),
        read.stream()
            .filter(type -> !settings.initialisesAtRunTime(type.getName()))
            .flatMap(type -> new StaticState(type, classes, settings).faults().stream())
            .sorted()
            .toList());
  }

  private static boolean isIn(JavaClass type, String jar) {
    return type.getSource().orElseThrow().getUri().toString().contains("/" + jar + "!");
  }

  private static String name(Path jar) {
    return jar.getFileName().toString();
  }
}
