package org.medtransformers.learning.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.contracts.Sha256;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.tensor.Safetensors;
import org.medtransformers.contracts.tensor.Tensor;

class ModelWeightsTest {
  private static final Map<String, Tensor> WEIGHTS =
      Map.of("fc.bias", Tensor.ofFloats(new float[] {1, 2}, 2));

  /** The first byte of a pickle. */
  private static final int PICKLE = 0x80;

  @TempDir private Path folder;

  @Test
  void aHeaderWhoseLengthBeginsLikeAPickleIsReadAsSafetensors() throws IOException {
    String padding = "";
    ByteBuffer bytes = safetensors(padding);
    while ((bytes.get(0) & 0xff) != PICKLE) {
      padding += " ".repeat(8);
      bytes = safetensors(padding);
    }
    assertEquals(WEIGHTS, ModelWeights.read(write(bytes), null));
  }

  @Test
  void aFileThatIsNoLongerTheSameIsRefused() throws IOException {
    Path file = write(safetensors(""));
    String sha256 = Sha256.of(file);
    assertEquals(WEIGHTS, ModelWeights.read(file, sha256));
    write(safetensors("changed"));
    MedtransException e =
        assertThrows(MedtransException.class, () -> ModelWeights.read(file, sha256));
    assertEquals(ErrorCode.CHECKPOINT_UNREADABLE, e.code());
  }

  @Test
  void aFolderWithoutChecksumsCountsOnlyWithAHashOfItsWeights() throws IOException {
    Path file = write(safetensors(""));
    assertEquals(WEIGHTS, ModelWeights.read(folder, Sha256.of(file)));
    assertThrows(MedtransException.class, () -> ModelWeights.read(folder, null));
  }

  private Path write(ByteBuffer bytes) throws IOException {
    byte[] content = new byte[bytes.remaining()];
    bytes.get(content);
    return Files.write(folder.resolve("model.safetensors"), content);
  }

  private static ByteBuffer safetensors(String metadata) {
    return new Safetensors(WEIGHTS, Map.of("padding", metadata)).encode();
  }
}
