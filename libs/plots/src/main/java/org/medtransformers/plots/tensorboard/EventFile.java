package org.medtransformers.plots.tensorboard;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * One file of TensorBoard's events: records framed as TFRecord, each an {@code Event} message of
 * TensorFlow ({@code event.proto}, {@code summary.proto}, {@code tensor.proto}). What was written
 * is in the file after {@link #flush}; a record that was cut off by a crash is ignored by readers.
 */
public final class EventFile implements Closeable {
  /** Event. */
  private static final int WALL_TIME = 1;

  private static final int STEP = 2;
  private static final int FILE_VERSION = 3;
  private static final int SUMMARY = 5;
  private static final int SESSION_LOG = 7;

  /** SessionLog. */
  private static final int STATUS = 1;

  private static final int START = 1;

  private final Path path;
  private final OutputStream out;
  private final Clock clock;

  private EventFile(Path path, OutputStream out, Clock clock) {
    this.path = path;
    this.out = out;
    this.clock = clock;
  }

  /**
   * Begins a new file in {@code folder}, which is made where it is missing.
   *
   * @param name what tells this file from others of the same second
   * @param purgeStep readers forget what earlier files say of this step and later ones, as of a
   *     {@code SummaryWriter} with {@code purge_step}
   */
  public static EventFile create(Path folder, String name, long purgeStep, Clock clock)
      throws IOException {
    Files.createDirectories(folder);
    // Readers take files in the order of their names.
    long seconds = clock.instant().getEpochSecond();
    Path file =
        folder.resolve(String.format(Locale.ROOT, "events.out.tfevents.%010d.%s", seconds, name));
    OutputStream out =
        new BufferedOutputStream(
            Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    EventFile events = new EventFile(file, out, clock);
    events.write(events.event(0).text(FILE_VERSION, "brain.Event:2"));
    events.write(events.event(purgeStep).message(SESSION_LOG, new Message().number(STATUS, START)));
    return events;
  }

  /** Where it lies. */
  public Path path() {
    return path;
  }

  /** A number at a step; it is kept in single precision. */
  public void scalar(String tag, long step, double value) throws IOException {
    summary(step, SummaryValue.scalar(tag, (float) value));
  }

  /** A picture at a step. */
  public void image(String tag, long step, byte[] png) throws IOException {
    summary(step, SummaryValue.image(tag, png));
  }

  /** A text, in Markdown, at a step. */
  public void text(String tag, long step, String markdown) throws IOException {
    summary(step, SummaryValue.text(tag, markdown));
  }

  /** Hands what was written to the system. */
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private void summary(long step, Message value) throws IOException {
    write(event(step).message(SUMMARY, new Message().message(1, value)));
  }

  private Message event(long step) {
    return new Message().doubleValue(WALL_TIME, clock.millis() / 1e3).number(STEP, step);
  }

  /** Length, its checksum, the message, its checksum. */
  private void write(Message event) throws IOException {
    byte[] data = event.toBytes();
    byte[] length =
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(data.length).array();
    out.write(length);
    out.write(checksum(length));
    out.write(data);
    out.write(checksum(data));
  }

  /** CRC-32C, masked as TFRecord has it so that the checksum of a checksum is none. */
  private static byte[] checksum(byte[] data) {
    CRC32C crc = new CRC32C();
    crc.update(data, 0, data.length);
    int masked = Integer.rotateRight((int) crc.getValue(), 15) + 0xA282EAD8;
    return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(masked).array();
  }
}
