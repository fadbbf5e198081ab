package org.medtransformers.learning.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.python.Python;

/** Files that the PyTorch of this machine saves now, by {@code save_weights.py}. */
class PyTorchFilesTest {
  private static final Path SCRIPT = Path.of("src/test/resources/pytorch/save_weights.py");

  @TempDir static Path temp;

  @TestFactory
  Stream<DynamicTest> areReadToTheBitOrRefused() throws IOException {
    List<Python> pythons = Python.allWith("torch");
    List<DynamicTest> tests = new ArrayList<>();
    for (Python python : pythons) {
      Path folder = Files.createTempDirectory(temp, "saved");
      python.run(SCRIPT.toString(), folder.toString());
      try (Stream<Path> files = Files.list(folder)) {
        files
            .filter(file -> file.toString().endsWith(".pth"))
            .sorted()
            .map(
                file ->
                    DynamicTest.dynamicTest(python + " " + file.getFileName(), () -> check(file)))
            .forEach(tests::add);
      }
    }
    assertTrue(tests.size() > 100, tests.size() + " files");
    return tests.stream();
  }

  private static void check(Path file) throws IOException {
    JsonNode expected =
        Json.parse(Files.readString(Path.of(file.toString().replace(".pth", ".json"))));
    if (expected.has("refused")) {
      MedtransException refusal =
          assertTimeoutPreemptively(
              Duration.ofSeconds(10),
              () -> assertThrows(MedtransException.class, () -> WeightFile.read(file)));
      assertEquals(ErrorCode.WEIGHTS_UNREADABLE, refusal.code());
      assertTrue(
          refusal.getMessage().contains(expected.get("refused").asText()), refusal.getMessage());
    } else {
      assertSame(expected, WeightFile.read(file));
    }
  }

  private static void assertSame(JsonNode expected, WeightFile found) {
    assertEquals(expected.get("where").asText(), found.where());
    List<String> names = new ArrayList<>();
    expected.get("tensors").fieldNames().forEachRemaining(names::add);
    assertEquals(names, List.copyOf(found.tensors().keySet()), "names in their order");
    found
        .tensors()
        .forEach(
            (name, tensor) -> {
              JsonNode wanted = expected.get("tensors").get(name);
              assertEquals(wanted.get("dtype").asText(), tensor.dtype().name(), name);
              assertEquals(
                  wanted.get("shape").toString(), Json.tree(tensor.shape()).toString(), name);
              assertEquals(wanted.get("bytes").asText(), hex(tensor), name);
            });
  }

  private static String hex(Tensor tensor) {
    byte[] bytes = new byte[tensor.data().remaining()];
    tensor.data().get(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
