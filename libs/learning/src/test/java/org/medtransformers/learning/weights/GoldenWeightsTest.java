package org.medtransformers.learning.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.tensor.DType;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.Golden;

/** Files that PyTorch wrote, and files that must be refused. */
class GoldenWeightsTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden/weights");
  private static final JsonNode CASES = Golden.read("weights/cases.json");

  static Stream<String> good() {
    return names(CASES.get("good"));
  }

  static Stream<String> bad() {
    return Stream.concat(names(CASES.get("bad")), names(CASES.get("bad_but_torch_itself_accepts")));
  }

  @ParameterizedTest
  @MethodSource("good")
  void isReadAsPyTorchReadsIt(String name) throws IOException {
    JsonNode wanted = CASES.get("good").get(name);
    WeightFile file = WeightFile.read(FOLDER.resolve(name));
    assertTrue(wanted.get("where").asText().startsWith(file.where()), file.where());
    assertEquals(
        names(wanted.get("expected")).sorted().toList(),
        file.tensors().keySet().stream().sorted().toList());
    file.tensors().forEach((key, tensor) -> assertSame(wanted.get("expected").get(key), tensor));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void isRefusedWithoutSideEffect(String name) throws IOException {
    MedtransException refusal =
        assertTimeoutPreemptively(
            Duration.ofSeconds(5),
            () ->
                assertThrows(MedtransException.class, () -> WeightFile.read(FOLDER.resolve(name))));
    assertEquals(ErrorCode.WEIGHTS_UNREADABLE, refusal.code());
    assertTrue(refusal.getMessage().contains(name), refusal.getMessage());
    for (Path folder : List.of(Path.of(""), FOLDER, FOLDER.resolve("bad"))) {
      assertFalse(Files.exists(folder.resolve("GOLDEN_PWNED")));
    }
  }

  private static void assertSame(JsonNode wanted, Tensor tensor) {
    assertEquals(dtype(wanted.get("dtype").asText()), tensor.dtype());
    List<Long> shape = new ArrayList<>();
    wanted.get("shape").forEach(side -> shape.add(side.asLong()));
    assertEquals(shape, tensor.shape());
    JsonNode values = wanted.get("values_row_major");
    assertEquals(values.size(), tensor.elements());
    for (int i = 0; i < values.size(); i++) {
      JsonNode value = values.get(i);
      switch (tensor.dtype()) {
        case F32 -> assertEquals(value.floatValue(), tensor.data().getFloat(4 * i));
        case F64 -> assertEquals(value.doubleValue(), tensor.data().getDouble(8 * i), 1e-9);
        case I64 -> assertEquals(value.longValue(), tensor.data().getLong(8 * i));
        case I32 -> assertEquals(value.intValue(), tensor.data().getInt(4 * i));
        case U8 -> assertEquals(value.intValue(), tensor.data().get(i) & 0xff);
        case BOOL -> assertEquals(value.booleanValue(), tensor.data().get(i) == 1);
        case F16, BF16 ->
            assertEquals(value.floatValue(), Elements.floats(tensor)[i], Math.ulp(1f) / 256);
        case I8, U16, I16, U32, U64 -> throw new AssertionError(tensor.dtype());
      }
    }
  }

  private static DType dtype(String name) {
    return switch (name) {
      case "float32" -> DType.F32;
      case "float64" -> DType.F64;
      case "float16" -> DType.F16;
      case "bfloat16" -> DType.BF16;
      case "int64" -> DType.I64;
      case "int32" -> DType.I32;
      case "uint8" -> DType.U8;
      case "bool" -> DType.BOOL;
      default -> throw new AssertionError(name);
    };
  }

  private static Stream<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names.stream();
  }
}
