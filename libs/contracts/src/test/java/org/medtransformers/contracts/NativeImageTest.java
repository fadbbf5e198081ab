package org.medtransformers.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A native image keeps only what it is told to. What may travel as JSON is told here, once for
 * every program: all records and enums of this module.
 */
class NativeImageTest {
  private static final Path CLASSES = Path.of("target", "classes");
  private static final String CONFIG =
      "META-INF/native-image/org.medtransformers/contracts/reflect-config.json";
  private static final Path SOURCE = Path.of("src", "main", "resources").resolve(CONFIG);

  /** After a change: {@code ./mvnw test -pl libs/contracts -Dmedtrans.write-docs=true}. */
  @Test
  void everyRecordAndEnumIsKept() throws IOException {
    ArrayNode expected = Json.mapper().createArrayNode();
    for (String name : recordsAndEnums()) {
      expected
          .addObject()
          .put("name", name)
          .put("allDeclaredConstructors", true)
          .put("allDeclaredMethods", true)
          .put("allDeclaredFields", true);
    }
    if (Boolean.getBoolean("medtrans.write-docs")) {
      Files.writeString(SOURCE, Json.pretty(expected) + "\n");
    }
    assertEquals(expected, Json.parse(Files.readString(SOURCE)));
  }

  private static List<String> recordsAndEnums() throws IOException {
    try (Stream<Path> files = Files.walk(CLASSES)) {
      return files
          .map(CLASSES::relativize)
          .map(Path::toString)
          .filter(f -> f.endsWith(".class") && !f.endsWith("package-info.class"))
          .map(f -> f.substring(0, f.length() - ".class".length()).replace('/', '.'))
          .filter(NativeImageTest::isRecordOrEnum)
          .sorted()
          .toList();
    }
  }

  private static boolean isRecordOrEnum(String name) {
    try {
      Class<?> type = Class.forName(name);
      return type.isRecord() || type.isEnum();
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
