package org.medtransformers.learning.weights;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The format of {@code torch.save} before PyTorch 1.6: five pickles (a magic number, the version,
 * the machine, the object, the keys of the storages), then each storage as its number of elements
 * and their bytes, little-endian on every machine.
 */
final class LegacyFormat {
  private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
  private static final long VERSION = 1001;
  private static final int PICKLE = 0x80;

  private LegacyFormat() {}

  /** Whether the file may be one; a bare pickle begins alike. */
  static boolean recognises(ByteBuffer head) {
    return head.remaining() > 1 && (head.get(0) & 0xff) == PICKLE;
  }

  static TorchFile read(FileBytes file) {
    PickleInput input = new PickleInput(file.head(Integer.MAX_VALUE));
    if (!MAGIC.equals(new PickleMachine(input).read())) {
      throw new UnreadableWeightsException("this is a pickle, but not one of torch.save");
    }
    Object version = new PickleMachine(input).read();
    if (!Long.valueOf(VERSION).equals(version)) {
      throw new UnreadableWeightsException("the file's version is not " + VERSION);
    }
    new PickleMachine(input).read();
    PickleMachine object = new PickleMachine(input);
    Object root = object.read();
    List<?> keys =
        PickleValues.as(List.class, new PickleMachine(input).read(), "the list of storages");
    Map<String, ByteBuffer> found = storages(file, input.position(), keys, object.storages());
    return new TorchFile(
        root,
        storage -> {
          ByteBuffer bytes = found.get(storage.key());
          if (bytes == null) {
            throw new UnreadableWeightsException("the file has no storage " + storage.key());
          }
          return bytes.duplicate().order(bytes.order());
        });
  }

  private static Map<String, ByteBuffer> storages(
      FileBytes file, long start, List<?> keys, Map<String, Storage> named) {
    Map<String, ByteBuffer> found = new LinkedHashMap<>();
    long offset = start;
    for (Object listed : keys) {
      String key = PickleValues.text(listed, "a storage's key");
      Storage storage = named.get(key);
      if (storage == null) {
        throw new UnreadableWeightsException("nothing is said of the listed storage " + key);
      }
      String what = "storage " + key;
      long elements = file.slice(offset, Long.BYTES, what).getLong();
      if (elements != storage.elements()) {
        throw new UnreadableWeightsException(
            "%s should have %d elements, the file holds %d"
                .formatted(what, storage.elements(), elements));
      }
      found.put(key, file.slice(offset + Long.BYTES, storage.bytes(), what));
      offset += Long.BYTES + storage.bytes();
    }
    return found;
  }
}
