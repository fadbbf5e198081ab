package org.medtransformers.imaging.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** DICOM's run-length encoding (PS3.5, annex G): a segment for each byte of each sample. */
final class DicomRle {
  private static final int HEADER = 64;
  private static final int MOST_SEGMENTS = 15;

  private DicomRle() {}

  static DicomCodec.Samples decode(DicomPixels pixels, byte[] frame) throws IOException {
    if (frame.length < HEADER) {
      throw new IOException("truncated");
    }
    ByteBuffer header = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
    int bytes = pixels.bytesPerSample();
    int segments = pixels.samples() * bytes;
    if (header.getInt(0) != segments || segments > MOST_SEGMENTS) {
      throw new IOException(
          "damaged: %d segments where %d must be".formatted(header.getInt(0), segments));
    }
    // A run of 128 bytes takes two: no more can come out than that.
    if (pixels.bytes() > 64L * frame.length) {
      throw new IOException("truncated");
    }
    int count = Math.toIntExact(pixels.size().pixels());
    byte[][] planes = new byte[segments][];
    for (int s = 0; s < segments; s++) {
      int start = header.getInt(4 + 4 * s);
      int end = s + 1 < segments ? header.getInt(8 + 4 * s) : frame.length;
      if (start < HEADER || end < start || end > frame.length) {
        throw new IOException("damaged: segment %d lies outside its frame".formatted(s));
      }
      planes[s] = unpack(frame, start, end, count);
    }
    return (pixel, sample) ->
        bytes == 1
            ? planes[sample][pixel] & 0xFF
            : (planes[2 * sample][pixel] & 0xFF) << 8 | (planes[2 * sample + 1][pixel] & 0xFF);
  }

  /** PackBits. */
  private static byte[] unpack(byte[] frame, int start, int end, int count) throws IOException {
    byte[] out = new byte[count];
    int to = 0;
    int at = start;
    while (to < count) {
      if (at >= end) {
        throw new IOException("truncated");
      }
      int control = frame[at++];
      if (control == Byte.MIN_VALUE) {
        continue;
      }
      int run = control >= 0 ? control + 1 : 1 - control;
      int taken = control >= 0 ? run : 1;
      if (taken > end - at) {
        throw new IOException("truncated");
      }
      if (run > count - to) {
        throw new IOException("damaged: a run beyond the last pixel");
      }
      if (control >= 0) {
        System.arraycopy(frame, at, out, to, run);
      } else {
        Arrays.fill(out, to, to + run, frame[at]);
      }
      at += taken;
      to += run;
    }
    return out;
  }
}
