package org.medtransformers.imaging;

/**
 * What one thing that comes from outside may take of this process's memory. Headers claim what they
 * like, and a process that runs out of memory ends with all that it does for others, so claims are
 * held against these shares before there is room made for them. Together they leave room for what
 * else is at work.
 *
 * @param heap bytes that the JVM may use
 */
public record HeapShare(long heap) {
  /** What to do about an image that is more than its share. */
  public static final String MORE =
      "give it more by -Xmx, the local stack's by MEDTRANS_DATA_SERVICE_HEAP";

  /** What preparing keeps of an image: where it is, how it looks, what is known of it. */
  private static final int BYTES_PER_IMAGE = 3072;

  /** Of the process that asks; no constant, which a native image would have from its build. */
  public static HeapShare ofThisProcess() {
    return new HeapShare(Runtime.getRuntime().maxMemory());
  }

  /** Bytes that all images take that are being decoded, their files with them. */
  public long decoding() {
    return heap / 2;
  }

  /** Bytes of an image that is kept in its own size: batches hold some of them at a time. */
  public long storedImage() {
    return heap / 16;
  }

  /** Bytes of a label file, whose characters take several times as much while it is read. */
  public long labelFile() {
    return heap / 16;
  }

  /** Bytes that the values of a label file take. */
  public long table() {
    return heap / 4;
  }

  /** Images of the data sets that are being prepared at once, and so of one. */
  public int images() {
    return (int) Math.min(Integer.MAX_VALUE, heap / BYTES_PER_IMAGE);
  }
}
