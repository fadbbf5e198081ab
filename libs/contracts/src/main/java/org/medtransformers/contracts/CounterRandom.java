package org.medtransformers.contracts;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.stream.IntStream;

/**
 * Random numbers as a pure function of (seed, stream, position), so that they depend neither on the
 * order of calls nor on threads, and a resumed training draws what an undisturbed one would have
 * drawn. Position n of a stream is the n-th output of SplitMix64.
 *
 * @see <a href="https://doi.org/10.1145/2714064.2660195">Fast splittable pseudorandom number
 *     generators, Steele et al., 2014</a>
 */
public final class CounterRandom {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private final long key;

  private CounterRandom(long key) {
    this.key = key;
  }

  /** The stream called {@code stream}, such as the name of a parameter. */
  public static CounterRandom of(long seed, String stream) {
    MessageDigest sha = Sha256.digest();
    sha.update(ByteBuffer.allocate(Long.BYTES).putLong(0, seed));
    byte[] digest = sha.digest(stream.getBytes(StandardCharsets.UTF_8));
    return new CounterRandom(ByteBuffer.wrap(digest).getLong());
  }

  /** 64 random bits. */
  public long bits(long position) {
    long z = key + (position + 1) * GOLDEN_GAMMA;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Uniform in [0, 1). */
  public double uniform(long position) {
    return (bits(position) >>> 11) * 0x1p-53;
  }

  /** Fills {@code values} with normal numbers (Box-Muller, the same on every processor). */
  public void normal(float[] values, double std) {
    // Millions of them before a training's first step, and each pair stands for itself.
    IntStream.range(0, (values.length + 1) / 2)
        .parallel()
        .forEach(pair -> normal(values, 2 * pair, std));
  }

  private void normal(float[] values, int i, double std) {
    double radius = std * Math.sqrt(-2 * StrictMath.log(1 - uniform(i)));
    double angle = 2 * Math.PI * uniform(i + 1L);
    values[i] = (float) (radius * StrictMath.cos(angle));
    if (i + 1 < values.length) {
      values[i + 1] = (float) (radius * StrictMath.sin(angle));
    }
  }
}
