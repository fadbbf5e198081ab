package org.medtransformers.learning.cost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much memory of this process was resident at most since it was first looked at. Linux keeps
 * the peak itself and lets it be begun anew; where it does not, it is the largest of what was seen.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_clear_refs.5.html">clear_refs</a>
 */
final class ProcessMemory {
  static final Path ROOT = Path.of("/proc/self");

  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");
  private static final Pattern NOW = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final long KIB = 1024;

  private final Path status;
  private final boolean begunAnew;
  private long largest = -1;

  /**
   * From now on.
   *
   * @param process as {@link #ROOT}; it need not be there
   */
  ProcessMemory(Path process) {
    this.status = process.resolve("status");
    this.begunAnew = beginAnew(process.resolve("clear_refs"));
  }

  private static boolean beginAnew(Path clear) {
    try {
      Files.writeString(clear, "5", StandardOpenOption.WRITE);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Bytes; empty where the system does not tell. */
  synchronized OptionalLong peak() {
    try {
      Matcher found = (begunAnew ? PEAK : NOW).matcher(Files.readString(status));
      if (found.find()) {
        largest = Math.max(largest, Long.parseLong(found.group(1)) * KIB);
      }
    } catch (IOException e) {
      return OptionalLong.empty();
    }
    return largest < 0 ? OptionalLong.empty() : OptionalLong.of(largest);
  }
}
