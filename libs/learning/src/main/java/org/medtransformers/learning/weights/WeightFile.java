package org.medtransformers.learning.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.tensor.MalformedSafetensorsException;
import org.medtransformers.contracts.tensor.Safetensors;
import org.medtransformers.contracts.tensor.Tensor;

/**
 * The tensors of a weight file: safetensors, or what {@code torch.save} writes, in its zip format
 * or in the one before it. The content tells which, not the name. Files are not trusted: nothing in
 * them is run, and whatever is damaged or unknown ends the reading.
 *
 * @param tensors by name, in the file's order, of the file's types, row-major; most share the
 *     file's memory and are valid as long as it is not shortened
 * @param where they were found: {@code top level} or e.g. {@code key 'model'}
 */
public record WeightFile(Map<String, Tensor> tensors, String where) {
  private static final String TOP_LEVEL = "top level";

  /** Keys below which checkpoints keep their state dict; of several the first counts. */
  private static final List<String> KEYS = List.of("state_dict", "model", "teacher", "student");

  public WeightFile {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }

  /**
   * Reads {@code file}. A checkpoint's other content (optimizer, epoch, arguments) is passed over.
   *
   * @throws MedtransException {@link ErrorCode#WEIGHTS_UNREADABLE} if it is damaged, no weight
   *     file, or one that needs more than tensors and plain data
   */
  public static WeightFile read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      FileBytes bytes = new FileBytes(channel);
      ByteBuffer head = bytes.head(16);
      if (ZipFormat.recognises(head)) {
        return of(ZipFormat.read(bytes), bytes.size());
      }
      // First: the length of a header may begin like a pickle, but a pickle has no { there.
      if (head.remaining() > Long.BYTES && head.get(Long.BYTES) == '{') {
        return new WeightFile(Safetensors.read(file).tensors(), TOP_LEVEL);
      }
      if (LegacyFormat.recognises(head)) {
        return of(LegacyFormat.read(bytes), bytes.size());
      }
      throw new UnreadableWeightsException("neither safetensors nor a file of torch.save");
    } catch (UnreadableWeightsException | MalformedSafetensorsException e) {
      throw MedtransException.of(
          ErrorCode.WEIGHTS_UNREADABLE, "%s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static WeightFile of(TorchFile file, long size) {
    Dict root = PickleValues.as(Dict.class, file.root(), "the content of the file");
    String key =
        KEYS.stream()
            .filter(k -> root.entries().get(k) instanceof Dict nested && hasTensors(nested))
            .findFirst()
            .orElse(null);
    Dict found = key == null ? root : (Dict) root.entries().get(key);
    if (!hasTensors(found)) {
      throw new UnreadableWeightsException(
          "no state dict at the top level or below one of the keys " + String.join(", ", KEYS));
    }
    TensorReader reader = new TensorReader(file.storages(), size);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    found
        .entries()
        .forEach(
            (name, value) -> {
              if (value instanceof StoredTensor stored) {
                String text = PickleValues.text(name, "the name of a tensor");
                tensors.put(text, reader.read(text, stored));
              }
            });
    return new WeightFile(tensors, key == null ? TOP_LEVEL : "key '" + key + "'");
  }

  private static boolean hasTensors(Dict dictionary) {
    return dictionary.entries().values().stream().anyMatch(StoredTensor.class::isInstance);
  }
}
