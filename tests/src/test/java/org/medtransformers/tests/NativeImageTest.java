package org.medtransformers.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.contracts.Json;

/**
 * A native image keeps only what it is told to. What may travel as JSON is told in the libraries
 * that define it, once for every program: all their records and enums.
 */
class NativeImageTest {
  /** After a change: {@code ./mvnw verify -pl tests -am -Dmedtrans.write-docs=true}. */
  @ParameterizedTest
  @ValueSource(strings = {"contracts", "files", "experiment"})
  void everyRecordAndEnumIsKept(String library) throws IOException {
    Path module = Path.of("..", "libs", library);
    ArrayNode expected = Json.mapper().createArrayNode();
    new ClassFileImporter()
        .importPath(module.resolve(Path.of("target", "classes"))).stream()
            .filter(type -> type.isRecord() || type.isEnum())
            .map(JavaClass::getName)
            .sorted()
            .forEach(
                name ->
                    expected
                        .addObject()
                        .put("name", name)
                        .put("allDeclaredConstructors", true)
                        .put("allDeclaredMethods", true)
                        .put("allDeclaredFields", true));
    Path told =
        module.resolve(
            "src/main/resources/META-INF/native-image/org.medtransformers/"
                + library
                + "/reflect-config.json");
    if (Boolean.getBoolean("medtrans.write-docs")) {
      Files.createDirectories(told.getParent());
      Files.writeString(told, Json.pretty(expected) + "\n");
    }
    assertEquals(expected, Json.parse(Files.readString(told)));
  }
}
