package org.medtransformers.learning.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.medtransformers.contracts.tensor.DType;
import org.medtransformers.contracts.tensor.Tensor;

/**
 * Turns descriptions of tensors into tensors, row-major and little-endian. Those that lie so in the
 * file are views of it; others are copied, up to a limit, since a description of a few bytes can
 * repeat its storage at will.
 */
final class TensorReader {
  /** What may be copied beyond the size of the file. */
  private static final long ALLOWANCE = 64L << 20;

  private final TorchFile.Storages storages;
  private long allowance;

  TensorReader(TorchFile.Storages storages, long fileSize) {
    this.storages = storages;
    this.allowance = fileSize + ALLOWANCE;
  }

  /**
   * Reads one tensor.
   *
   * @param name for messages
   */
  Tensor read(String name, StoredTensor stored) {
    try {
      return tensor(stored);
    } catch (UnreadableWeightsException e) {
      throw new UnreadableWeightsException("tensor %s: %s".formatted(name, e.getMessage()));
    } catch (ArithmeticException e) {
      throw new UnreadableWeightsException(
          "tensor %s: a size is beyond 64 bits, shape %s, strides %s"
              .formatted(name, stored.shape(), stored.strides()));
    }
  }

  private Tensor tensor(StoredTensor stored) {
    requireSane(stored);
    long size = stored.dtype().bytes();
    for (long side : stored.shape()) {
      size = Math.multiplyExact(size, side);
    }
    if (size == 0) {
      return new Tensor(stored.dtype(), stored.shape(), ByteBuffer.allocate(0));
    }
    ByteBuffer storage = storages.bytes(stored.storage());
    requireInside(stored, storage.remaining());
    if (contiguous(stored) && storage.order() == ByteOrder.LITTLE_ENDIAN) {
      int start = Math.toIntExact(stored.offset() * stored.dtype().bytes());
      return new Tensor(stored.dtype(), stored.shape(), storage.slice(start, (int) size));
    }
    allowance -= size;
    if (allowance < 0 || size > Integer.MAX_VALUE) {
      throw new UnreadableWeightsException(
          "shape %s with strides %s repeats its storage to more than is read"
              .formatted(stored.shape(), stored.strides()));
    }
    return new Tensor(stored.dtype(), stored.shape(), gather(stored, storage, (int) size));
  }

  private static void requireSane(StoredTensor stored) {
    if (stored.shape().size() != stored.strides().size()) {
      throw new UnreadableWeightsException(
          "shape %s and strides %s differ in length".formatted(stored.shape(), stored.strides()));
    }
    boolean negative =
        stored.offset() < 0
            || stored.shape().stream().anyMatch(side -> side < 0)
            || stored.strides().stream().anyMatch(stride -> stride < 0);
    if (negative) {
      throw new UnreadableWeightsException(
          "a negative number in offset %d, shape %s, strides %s"
              .formatted(stored.offset(), stored.shape(), stored.strides()));
    }
  }

  private static void requireInside(StoredTensor stored, long storageBytes) {
    long last = stored.offset();
    for (int d = 0; d < stored.shape().size(); d++) {
      long steps = stored.shape().get(d) - 1;
      last = Math.addExact(last, Math.multiplyExact(steps, stored.strides().get(d)));
    }
    if (last >= storageBytes / stored.dtype().bytes()) {
      throw new UnreadableWeightsException(
          "offset %d, shape %s and strides %s lead beyond its storage of %d elements"
              .formatted(
                  stored.offset(),
                  stored.shape(),
                  stored.strides(),
                  storageBytes / stored.dtype().bytes()));
    }
  }

  private static boolean contiguous(StoredTensor stored) {
    long expected = 1;
    for (int d = stored.shape().size() - 1; d >= 0; d--) {
      long side = stored.shape().get(d);
      if (side != 1 && stored.strides().get(d) != expected) {
        return false;
      }
      expected *= side;
    }
    return true;
  }

  /** Copies element by element, the last dimension running fastest. */
  private static ByteBuffer gather(StoredTensor stored, ByteBuffer storage, int size) {
    long[] shape = longs(stored.shape());
    long[] strides = longs(stored.strides());
    long[] index = new long[shape.length];
    ByteBuffer copy = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    long position = stored.offset();
    while (copy.hasRemaining()) {
      copyElement(storage, (int) position, stored.dtype(), copy);
      for (int d = shape.length - 1; d >= 0; d--) {
        position += strides[d];
        index[d]++;
        if (index[d] < shape[d]) {
          break;
        }
        position -= strides[d] * shape[d];
        index[d] = 0;
      }
    }
    return copy.flip();
  }

  /** Buffers swap bytes where their orders differ. */
  private static void copyElement(ByteBuffer from, int element, DType dtype, ByteBuffer to) {
    int at = element * dtype.bytes();
    switch (dtype.bytes()) {
      case 1 -> to.put(from.get(at));
      case 2 -> to.putShort(from.getShort(at));
      case 4 -> to.putInt(from.getInt(at));
      default -> to.putLong(from.getLong(at));
    }
  }

  private static long[] longs(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).toArray();
  }
}
