package org.medtransformers.learning.weights;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The bytes of a pickle from front to back; whatever is not there is an error. */
final class PickleInput {
  private static final int LONGEST_NAME = 256;

  private final ByteBuffer bytes;

  PickleInput(ByteBuffer bytes) {
    this.bytes = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Bytes read so far. */
  int position() {
    return bytes.position();
  }

  int unsignedByte() {
    require(1);
    return bytes.get() & 0xff;
  }

  int unsignedShort() {
    require(Short.BYTES);
    return bytes.getShort() & 0xffff;
  }

  int signedInt() {
    require(Integer.BYTES);
    return bytes.getInt();
  }

  long unsignedInt() {
    return signedInt() & 0xffffffffL;
  }

  long signedLong() {
    require(Long.BYTES);
    return bytes.getLong();
  }

  double bigEndianDouble() {
    return Double.longBitsToDouble(Long.reverseBytes(signedLong()));
  }

  /** A whole number of {@code length} bytes, two's complement: a Long where it fits. */
  Object wholeNumber(int length) {
    byte[] littleEndian = bytes(length);
    byte[] bigEndian = new byte[Math.max(1, length)];
    for (int i = 0; i < length; i++) {
      bigEndian[length - 1 - i] = littleEndian[i];
    }
    BigInteger value = new BigInteger(bigEndian);
    return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
  }

  byte[] bytes(long length) {
    require(length);
    byte[] copy = new byte[(int) length];
    bytes.get(copy);
    return copy;
  }

  String utf8(long length) {
    require(length);
    ByteBuffer text = bytes.slice(bytes.position(), (int) length);
    bytes.position(bytes.position() + (int) length);
    return FileBytes.utf8(text, "a text in the pickle");
  }

  /** Text up to a line feed, which is passed over. */
  String line() {
    int start = bytes.position();
    for (int length = 0; length <= LONGEST_NAME; length++) {
      if (unsignedByte() == '\n') {
        bytes.position(start);
        String line = utf8(length);
        bytes.get();
        return line;
      }
    }
    throw new UnreadableWeightsException("the pickle names something too long to be a class");
  }

  /** A length in bytes as 64 bits; the bytes need not follow. */
  void requireFrame() {
    require(signedLong());
  }

  private void require(long length) {
    if (length < 0 || length > bytes.remaining()) {
      throw new UnreadableWeightsException(
          "the pickle ends at byte %d, where %s more bytes should follow"
              .formatted(bytes.limit(), Long.toUnsignedString(length)));
    }
  }
}
