package org.medtransformers.localstack.testing;

import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Remembers the errors that were logged in this process by others than the broker in it. */
final class ErrorLog extends Handler {
  private static final Pattern BROKER =
      Pattern.compile("kafka\\.|org\\.apache\\.kafka\\.(?!clients|common)");

  private final Queue<String> errors = new ConcurrentLinkedQueue<>();

  @Override
  public void publish(LogRecord entry) {
    // Level ERROR of JBoss Logging has the number of SEVERE.
    if (entry.getLevel().intValue() >= Level.SEVERE.intValue()
        && !BROKER.matcher(String.valueOf(entry.getLoggerName())).lookingAt()) {
      errors.add(
          "%s: %s %s %s"
              .formatted(
                  entry.getLoggerName(),
                  entry.getMessage(),
                  entry.getParameters() == null ? "" : Arrays.toString(entry.getParameters()),
                  entry.getThrown() == null ? "" : entry.getThrown()));
    }
  }

  /** Those since the last time that contain none of {@code expected}. */
  List<String> takeUnexpected(List<String> expected) {
    List<String> taken = Stream.generate(errors::poll).takeWhile(e -> e != null).toList();
    return taken.stream().filter(e -> expected.stream().noneMatch(e::contains)).toList();
  }

  @Override
  public void flush() {
    // Nothing waits.
  }

  @Override
  public void close() {
    errors.clear();
  }
}
