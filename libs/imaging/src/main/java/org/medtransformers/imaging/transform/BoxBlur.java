package org.medtransformers.imaging.transform;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The mean over a box whose radius need not be whole, in PIL's 24-bit fixed point, along a line of
 * values that lie {@code distance} bytes apart. Lines whose bytes alternate are blurred together.
 */
final class BoxBlur {
  /** Up to this whole radius eight bytes are summed at a time, beyond it sums are carried along. */
  private static final int WIDEST_DIRECT = 8;

  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long EVEN_BYTES = 0x00FF00FF00FF00FFL;
  private static final long EVEN_SHORTS = 0x0000FFFF0000FFFFL;
  private static final long LOWEST_BYTES = 0x000000FF000000FFL;
  private static final int HALF = 1 << 23;
  private static final long HALVES = (long) HALF << 32 | HALF;

  private final int whole;
  private final int distance;
  private final int weight;
  private final int edgeWeight;

  BoxBlur(float radius, int distance) {
    this.whole = (int) radius;
    this.distance = distance;
    this.weight = (int) ((1 << 24) / (radius * 2 + 1));
    this.edgeWeight = ((1 << 24) - (whole * 2 + 1) * weight) / 2;
  }

  /** Bytes in front of the lines and behind them. */
  int margin() {
    return Math.multiplyExact(whole + 1, distance);
  }

  /** Room for {@code length} bytes and their margins; the last step may reach seven bytes over. */
  byte[] room(int length) {
    return new byte[length + 2 * margin() + Long.BYTES];
  }

  /**
   * Blurs {@code length} bytes.
   *
   * @param in its margins are filled with the lines' ends
   */
  void pass(byte[] in, byte[] out, int length) {
    fillMargins(in, length);
    if (whole <= WIDEST_DIRECT) {
      direct(in, out, length);
    } else {
      carried(in, out, length);
    }
  }

  private void fillMargins(byte[] in, int length) {
    for (int front = margin() - distance; front >= 0; front -= distance) {
      System.arraycopy(in, margin(), in, front, distance);
    }
    int end = margin() + length;
    for (int behind = end; behind < end + margin(); behind += distance) {
      System.arraycopy(in, end - distance, in, behind, distance);
    }
  }

  private void direct(byte[] in, byte[] out, int length) {
    int margin = margin();
    for (int i = 0; i < length; i += Long.BYTES) {
      long first = (long) EIGHT_BYTES.get(in, i);
      long last = (long) EIGHT_BYTES.get(in, i + 2 * margin);
      long even = 0;
      long odd = 0;
      for (int at = i + distance; at < i + 2 * margin; at += distance) {
        long bytes = (long) EIGHT_BYTES.get(in, at);
        even += bytes & EVEN_BYTES;
        odd += bytes >>> 8 & EVEN_BYTES;
      }
      long evenEdges = (first & EVEN_BYTES) + (last & EVEN_BYTES);
      long oddEdges = (first >>> 8 & EVEN_BYTES) + (last >>> 8 & EVEN_BYTES);
      EIGHT_BYTES.set(out, margin + i, means(even, evenEdges) | means(odd, oddEdges) << 8);
    }
  }

  /** Of four sums in the shorts of a word, to every other byte. */
  private long means(long sums, long edges) {
    long low = mean(sums & EVEN_SHORTS, edges & EVEN_SHORTS);
    return low | mean(sums >>> 16 & EVEN_SHORTS, edges >>> 16 & EVEN_SHORTS) << 16;
  }

  /** Of two sums in the halves of a word. They do not spill: white gives less than 2^32. */
  private long mean(long sums, long edges) {
    return (sums * weight + edges * edgeWeight + HALVES) >>> 24 & LOWEST_BYTES;
  }

  private void carried(byte[] in, byte[] out, int length) {
    int margin = margin();
    for (int line = 0; line < distance; line++) {
      int sum = 0;
      for (int at = line + distance; at < line + 2 * margin; at += distance) {
        sum += in[at] & 0xFF;
      }
      for (int i = line; i < length; i += distance) {
        int next = in[i + 2 * margin] & 0xFF;
        int edges = (in[i] & 0xFF) + next;
        // Unsigned: white fills all 32 bits.
        out[margin + i] = (byte) ((sum * weight + edges * edgeWeight + HALF) >>> 24);
        sum += next - (in[i + distance] & 0xFF);
      }
    }
  }
}
