package org.medtransformers.learning.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/** However a file is damaged, reading it ends in tensors or in the one kind of refusal. */
class DamagedWeightsTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden/weights");
  private static final int ATTEMPTS = 1500;

  @TempDir Path temp;

  static Stream<String> files() {
    return Stream.of(
        "flat.safetensors",
        "flat_zip_t213.pth",
        "flat_legacy_t213.pth",
        "parameters_zip_t113.pth",
        "nested_legacy_t113.pth",
        "seed_session_t113.pth");
  }

  @ParameterizedTest
  @MethodSource("files")
  void changedBytesAreReadOrRefused(String name) throws IOException {
    byte[] intact = Files.readAllBytes(FOLDER.resolve(name));
    Random random = new Random(7);
    int refused = 0;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      byte[] bytes = intact.clone();
      for (int change = random.nextInt(3); change >= 0; change--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      refused += refused(bytes) ? 1 : 0;
    }
    assertTrue(refused > ATTEMPTS / 20, refused + " refused");
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyTruncationIsRefused(String name) throws IOException {
    byte[] intact = Files.readAllBytes(FOLDER.resolve(name));
    for (int length = 0; length < intact.length; length += 1 + length / 100) {
      assertTrue(refused(Arrays.copyOf(intact, length)), "cut to " + length);
    }
  }

  @Test
  void aPickleThatRemembersWithoutEndIsRefused() {
    byte[] bytes = new byte[32 << 20];
    Arrays.fill(bytes, (byte) 0x94); // MEMOIZE
    System.arraycopy(new byte[] {(byte) 0x80, 4, 'N'}, 0, bytes, 0, 3);
    PickleMachine machine = new PickleMachine(new PickleInput(ByteBuffer.wrap(bytes)));
    UnreadableWeightsException e = assertThrows(UnreadableWeightsException.class, machine::read);
    assertTrue(e.getMessage().contains("more than"), e.getMessage());
  }

  /** Instructions of a pickle in any order: a zip of its own would fail at its checksum. */
  @ParameterizedTest
  @MethodSource("pickles")
  void anyPickleIsReadOrRefused(byte[] intact) {
    Random random = new Random(11);
    for (int attempt = 0; attempt < 20 * ATTEMPTS; attempt++) {
      byte[] bytes = intact.clone();
      for (int change = random.nextInt(4); change >= 0; change--) {
        bytes[random.nextInt(bytes.length)] =
            random.nextBoolean() ? (byte) random.nextInt(256) : bytes[random.nextInt(bytes.length)];
      }
      try {
        new PickleMachine(new PickleInput(ByteBuffer.wrap(bytes))).read();
      } catch (UnreadableWeightsException e) {
        assertTrue(e.getMessage().length() < 2000, e.getMessage());
      }
    }
  }

  static List<byte[]> pickles() throws IOException {
    byte[] legacy = Files.readAllBytes(FOLDER.resolve("nested_legacy_t113.pth"));
    byte[] zip = Files.readAllBytes(FOLDER.resolve("seed_session_t113.pth"));
    // The object of a legacy file follows three short pickles, that of a zip its first header.
    return List.of(
        Arrays.copyOfRange(legacy, 137, legacy.length), Arrays.copyOfRange(zip, 64, 64 + 1842));
  }

  private boolean refused(byte[] bytes) throws IOException {
    Path file = temp.resolve("weights");
    Files.deleteIfExists(file); // ext4 flushes a file that is written anew from nothing
    Files.write(file, bytes);
    try {
      WeightFile.read(file);
      return false;
    } catch (MedtransException e) {
      assertEquals(ErrorCode.WEIGHTS_UNREADABLE, e.code());
      return true;
    }
  }
}
