package org.medtransformers.imaging.prepare;

import java.util.concurrent.Semaphore;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.imaging.HeapShare;

/**
 * Lets as many images be decoded at once as fit into memory: small ones on all threads, the largest
 * one at a time.
 */
final class DecodeBudget {
  private static final int KIBI = 1024;

  private final Semaphore kibibytes;
  private final long bytes;

  /**
   * @param bytes that decoding may take at once
   */
  DecodeBudget(long bytes) {
    this.bytes = bytes;
    this.kibibytes = new Semaphore(kibibytes(bytes), true);
  }

  static DecodeBudget ofHeap() {
    return new DecodeBudget(HeapShare.ofThisProcess().decoding());
  }

  private static int kibibytes(long bytes) {
    return (int) Math.min(Integer.MAX_VALUE, bytes / KIBI);
  }

  /** A part of the budget, until it is closed. */
  final class Share implements AutoCloseable {
    private int taken;

    private Share(int taken) {
      this.taken = taken;
    }

    /** Makes it one of {@code bytes}, where that needs no waiting; false where it does. */
    boolean growTo(long bytes) {
      int more = Math.max(0, kibibytes(bytes) - taken);
      boolean grown = kibibytes.tryAcquire(more);
      taken += grown ? more : 0;
      return grown;
    }

    @Override
    public void close() {
      kibibytes.release(taken);
    }
  }

  /**
   * Waits for {@code wanted} bytes. Whoever has a share and needs a larger one that is not to be
   * had gives it up first: two that waited with one in hand would wait for each other.
   *
   * @param image whom to name
   * @throws MedtransException {@link ErrorCode#IMAGE_TOO_LARGE} where the whole budget is less
   */
  Share take(long wanted, String image) {
    if (wanted > bytes) {
      throw MedtransException.of(
          ErrorCode.IMAGE_TOO_LARGE,
          "image %s takes %d bytes of memory to decode, allowed are %d, half of this process's: %s"
              .formatted(image, wanted, bytes, HeapShare.MORE));
    }
    int share = kibibytes(wanted);
    kibibytes.acquireUninterruptibly(share);
    return new Share(share);
  }
}
