package org.medtransformers.learning.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/**
 * The format of {@code torch.save} since PyTorch 1.6: a zip archive of {@code ROOT/data.pkl} and
 * one entry {@code ROOT/data/KEY} per storage.
 */
final class ZipFormat {
  private static final String PICKLE = "/data.pkl";

  private static final int LARGEST_PICKLE = 32 << 20;

  private ZipFormat() {}

  static boolean recognises(ByteBuffer head) {
    return head.remaining() >= 4 && head.getInt(0) == 0x04034b50;
  }

  static TorchFile read(FileBytes file) {
    ZipEntries entries = ZipEntries.of(file);
    String root = root(entries);
    if (entries.contains(root + "/constants.pkl")) {
      throw new UnreadableWeightsException(
          "this is a TorchScript program; save the state dict of the model in it");
    }
    ByteBuffer pickle = entries.content(root + PICKLE);
    if (pickle.remaining() > LARGEST_PICKLE) {
      throw new UnreadableWeightsException(
          "the pickle has %d bytes, allowed are %d".formatted(pickle.remaining(), LARGEST_PICKLE));
    }
    Object value = new PickleMachine(new PickleInput(pickle)).read();
    ByteOrder order = byteOrder(entries, root + "/byteorder");
    Map<String, ByteBuffer> verified = new HashMap<>();
    return new TorchFile(
        value,
        storage -> {
          ByteBuffer content =
              verified.computeIfAbsent(
                  storage.key(), key -> entries.content(root + "/data/" + key));
          requireSize(storage, content.remaining());
          return content.duplicate().order(order);
        });
  }

  static void requireSize(Storage storage, long found) {
    if (storage.bytes() != found) {
      throw new UnreadableWeightsException(
          "storage %s should have %d elements of type %s, the file holds %d bytes for it"
              .formatted(storage.key(), storage.elements(), storage.dtype(), found));
    }
  }

  /** The one folder that has a pickle. */
  private static String root(ZipEntries entries) {
    String root = null;
    for (String name : entries.names()) {
      if (name.endsWith(PICKLE) && name.indexOf('/') == name.length() - PICKLE.length()) {
        if (root != null) {
          throw new UnreadableWeightsException("the archive has two data.pkl");
        }
        root = name.substring(0, name.length() - PICKLE.length());
      }
    }
    if (root == null) {
      throw new UnreadableWeightsException("the zip archive has no data.pkl");
    }
    return root;
  }

  private static ByteOrder byteOrder(ZipEntries entries, String name) {
    if (!entries.contains(name)) {
      return ByteOrder.LITTLE_ENDIAN;
    }
    return switch (FileBytes.utf8(entries.content(name), name)) {
      case "little" -> ByteOrder.LITTLE_ENDIAN;
      case "big" -> ByteOrder.BIG_ENDIAN;
      default ->
          throw new UnreadableWeightsException("the entry byteorder is neither little nor big");
    };
  }
}
