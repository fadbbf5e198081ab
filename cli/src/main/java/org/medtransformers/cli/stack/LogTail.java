package org.medtransformers.cli.stack;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The end of a log that is being written, and is emptied when it has grown too long. */
public final class LogTail {
  private static final int MOST_BYTES = 4 << 20;

  private final Path file;
  private final String prefix;
  private long position;

  /**
   * @param prefix put before every line
   */
  public LogTail(Path file, String prefix) {
    this.file = file;
    this.prefix = prefix;
  }

  /** The last {@code count} lines there are, of the last four mebibytes. */
  public List<String> last(int count) {
    position = Math.max(0, size() - MOST_BYTES);
    boolean inMidLine = position > 0;
    List<String> lines = news();
    int from = Math.max(inMidLine ? 1 : 0, lines.size() - Math.max(0, count));
    return lines.subList(Math.min(from, lines.size()), lines.size());
  }

  /** Whole lines written since the last call. */
  public List<String> news() {
    if (size() < position) {
      position = 0;
    }
    byte[] bytes = read();
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    position += end;
    String text = new String(bytes, 0, end, StandardCharsets.UTF_8);
    return text.lines().map(line -> prefix + line).toList();
  }

  private long size() {
    return file.toFile().length();
  }

  private byte[] read() {
    if (!Files.exists(file)) {
      return new byte[0];
    }
    try (RandomAccessFile reader = new RandomAccessFile(file.toFile(), "r")) {
      reader.seek(position);
      byte[] bytes = new byte[(int) Math.min(MOST_BYTES, Math.max(0, reader.length() - position))];
      reader.readFully(bytes);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
