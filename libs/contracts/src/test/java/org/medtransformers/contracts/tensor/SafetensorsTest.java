package org.medtransformers.contracts.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
  /** The example of the format's documentation, byte for byte, with a space of padding. */
  private static final String EXAMPLE =
      "{\"test\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,16]}}";

  @Test
  void readsTheFormatAsDocumented() {
    ByteBuffer bytes = file(EXAMPLE, 16);
    bytes.putFloat(8 + EXAMPLE.length() + 4, 1.5f);
    Safetensors read = Safetensors.read(bytes);
    assertEquals(List.of(2L, 2L), read.get("test").shape());
    assertArrayEquals(new float[] {0, 1.5f, 0, 0}, read.get("test").floats());
  }

  @Test
  void whatIsWrittenIsReadBackFromMemoryAndFromAFile(@TempDir Path folder) throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("view.0", Tensor.ofBytes(new byte[] {1, (byte) 255, 3}, 1, 3));
    tensors.put("label", Tensor.ofLongs(new long[] {Long.MIN_VALUE, 7}, 2));
    tensors.put("loss", Tensor.ofFloats(new float[] {Float.NaN}));
    tensors.put("none", Tensor.ofFloats(new float[0], 0, 4));
    Safetensors written = new Safetensors(tensors, Map.of("note", "Grad \"ü\""));
    Path file = folder.resolve("t.safetensors");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      written.write(channel);
    }
    assertEquals(written.encodedSize(), Files.size(file));
    assertEquals(ByteBuffer.wrap(Files.readAllBytes(file)), written.encode());
    for (Safetensors read : List.of(Safetensors.read(file), Safetensors.read(written.encode()))) {
      assertEquals(tensors, read.tensors());
      assertEquals(written.metadata(), read.metadata());
    }
  }

  @Test
  void everyTensorIsAligned() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("bytes", Tensor.ofBytes(new byte[3], 3));
    tensors.put("longs", Tensor.ofLongs(new long[1], 1));
    ByteBuffer bytes = new Safetensors(tensors).encode().order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(0, bytes.getLong(0) % 8);
    assertTrue(header(bytes).contains("\"data_offsets\":[8,11]"), header(bytes));
  }

  @Test
  void theSameTensorsAreTheSameBytesInEveryVirtualMachine() {
    ByteBuffer bytes = new Safetensors(Map.of("a", Tensor.ofBytes(new byte[3], 3))).encode();
    assertEquals(
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[0,3]}}",
        header(bytes.order(ByteOrder.LITTLE_ENDIAN)).strip());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{",
        "{} {}",
        "nonsense",
        "{\"a\":1}",
        "{\"__metadata__\":{\"a\":1}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4]}}",
        "{\"a\":{\"dtype\":\"F31\",\"shape\":[4],\"data_offsets\":[0,16]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-4],\"data_offsets\":[0,16]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4.0],\"data_offsets\":[0,16]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[5],\"data_offsets\":[0,16]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[16,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[4,20]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,16]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,16]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,16]}}",
      })
  void aHeaderThatBreaksARuleIsRefused(String header) {
    assertThrows(
        MalformedSafetensorsException.class, () -> Safetensors.read(file(header, 16)), header);
  }

  @Test
  void deeplyNestedJsonIsRefused() {
    String header = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
    assertThrows(MalformedSafetensorsException.class, () -> Safetensors.read(file(header, 0)));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 1000, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 32})
  void aForgedHeaderLengthIsRefused(long length) {
    ByteBuffer bytes = file(EXAMPLE, 16);
    bytes.putLong(0, length);
    assertThrows(MalformedSafetensorsException.class, () -> Safetensors.read(bytes));
  }

  @Test
  void everyTruncationIsRefused(@TempDir Path folder) throws IOException {
    byte[] whole = file(EXAMPLE, 16).array();
    for (int length = 0; length < whole.length; length++) {
      ByteBuffer part = ByteBuffer.wrap(whole, 0, length);
      assertThrows(MalformedSafetensorsException.class, () -> Safetensors.read(part));
      Path file = folder.resolve("part");
      Files.write(file, Arrays.copyOf(whole, length));
      assertThrows(MalformedSafetensorsException.class, () -> Safetensors.read(file));
    }
  }

  private static ByteBuffer file(String header, int dataBytes) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + json.length + dataBytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .rewind();
  }

  private static String header(ByteBuffer bytes) {
    return StandardCharsets.UTF_8.decode(bytes.slice(8, (int) bytes.getLong(0))).toString();
  }
}
