package org.medtransformers.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalDouble;

/**
 * How busy others keep this machine. Timings beside other work are void: two threads of libtorch
 * wait for each other, so one busy core can make a step several times slower.
 */
final class Idleness {
  /** Cores' worth of other work beside which nothing is measured. */
  static final double ALLOWED = 0.3;

  private static final Path STAT = Path.of("/proc/stat");
  private static final Duration LOOK = Duration.ofSeconds(2);

  /** The kernel counts processor time in hundredths of a second. */
  private static final double TICKS_PER_SECOND = 100;

  /** Columns of {@code /proc/stat} after the name: idle, and waiting for a disk. */
  private static final int IDLE = 3;

  private static final int IO_WAIT = 4;

  /** User, nice, system, idle, I/O wait, interrupts (hard and soft), stolen. */
  private static final int COLUMNS = 8;

  private Idleness() {}

  /** Cores that other processes keep busy, over two seconds; empty where Linux does not tell. */
  static OptionalDouble busyCores() throws InterruptedException {
    if (!Files.isReadable(STAT)) {
      return OptionalDouble.empty();
    }
    double busyBefore = busySeconds();
    double ownBefore = ownSeconds();
    long start = System.nanoTime();
    Thread.sleep(LOOK.toMillis());
    double elapsed = (System.nanoTime() - start) / 1e9;
    double others = busySeconds() - busyBefore - (ownSeconds() - ownBefore);
    return OptionalDouble.of(Math.max(0, others / elapsed));
  }

  private static double busySeconds() {
    try {
      return busySeconds(Files.readAllLines(STAT).get(0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Processor time of all cores, of a line {@code cpu user nice system idle iowait …}. */
  static double busySeconds(String line) {
    String[] columns = line.trim().split("\\s+", -1);
    double ticks = 0;
    for (int i = 0; i < COLUMNS && i + 1 < columns.length; i++) {
      if (i != IDLE && i != IO_WAIT) {
        ticks += Double.parseDouble(columns[i + 1]);
      }
    }
    return ticks / TICKS_PER_SECOND;
  }

  private static double ownSeconds() {
    return ProcessHandle.current()
        .info()
        .totalCpuDuration()
        .map(time -> time.toNanos() / 1e9)
        .orElse(0.0);
  }
}
