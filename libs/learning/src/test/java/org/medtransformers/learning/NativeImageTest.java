package org.medtransformers.learning;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.Json;

/** A native image keeps only what it is told to. */
class NativeImageTest {
  private static final Path CLASSES = Path.of("target", "classes");
  private static final Path CONFIG =
      CLASSES.resolve("META-INF/native-image/org.medtransformers/learning");

  @Test
  void everyKernelIsKept() throws IOException {
    String pattern =
        Json.parse(Files.readString(CONFIG.resolve("resource-config.json")))
            .at("/resources/includes/0/pattern")
            .asText();
    try (Stream<Path> files = Files.walk(CLASSES)) {
      List<String> kernels =
          files.map(f -> CLASSES.relativize(f).toString()).filter(f -> f.endsWith(".py")).toList();
      assertFalse(kernels.isEmpty());
      kernels.forEach(kernel -> assertTrue(kernel.matches(pattern), kernel));
    }
  }

  @Test
  void everyKeptClassExists() throws IOException {
    for (String file : List.of("reflect-config.json", "jni-config.json")) {
      for (JsonNode kept : Json.parse(Files.readString(CONFIG.resolve(file)))) {
        assertDoesNotThrow(() -> Class.forName(kept.get("name").asText()));
      }
    }
  }
}
