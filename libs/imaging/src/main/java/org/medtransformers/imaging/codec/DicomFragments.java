package org.medtransformers.imaging.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Compressed pixels, which DICOM cuts into fragments (PS3.5, section A.4). */
final class DicomFragments {
  private static final int ITEM = 0xE000FFFE;
  private static final int END = 0xE0DDFFFE;

  private DicomFragments() {}

  /** The fragments of the only frame, one behind the other. */
  static byte[] join(DicomElements elements) throws IOException {
    if (!elements.encapsulated()) {
      throw new IOException("damaged: compressed, but not in fragments");
    }
    ByteBuffer in = elements.pixels().duplicate().order(ByteOrder.LITTLE_ENDIAN);
    // The first item holds offsets, which one frame does not need.
    item(in);
    ByteArrayOutputStream out = new ByteArrayOutputStream(in.remaining());
    for (ByteBuffer item = item(in); item != null; item = item(in)) {
      out.write(item.array(), item.arrayOffset() + item.position(), item.remaining());
    }
    return out.toByteArray();
  }

  /** {@code null} at the end. */
  private static ByteBuffer item(ByteBuffer in) throws IOException {
    if (in.remaining() < 8) {
      throw new IOException("truncated");
    }
    int tag = in.getInt();
    int length = in.getInt();
    if (tag == END) {
      return null;
    }
    if (tag != ITEM) {
      throw new IOException("damaged: no fragment where one must be");
    }
    if (length < 0 || length > in.remaining()) {
      throw new IOException("truncated");
    }
    ByteBuffer item = in.slice(in.position(), length);
    in.position(in.position() + length);
    return item;
  }
}
