package org.medtransformers.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** An exclusive lock on a file, between processes and within this one. */
public final class ProcessLock implements AutoCloseable {
  private static final long POLL_MILLIS = 200;

  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  /**
   * The files locked by this process: POSIX drops a process's lock as soon as it closes any handle
   * to the file, so a second one must never be opened.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private ProcessLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Locks {@code file}, made where it is missing; {@code null} where it is locked already.
   *
   * @param file in a folder that exists
   */
  public static ProcessLock tryLock(Path file) throws IOException {
    return tryLock(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  /** Likewise, of a file that is there. */
  static ProcessLock tryLockPresent(Path file) throws IOException {
    return tryLock(file, StandardOpenOption.WRITE);
  }

  private static ProcessLock tryLock(Path file, OpenOption... options) throws IOException {
    Path real = real(file);
    if (!HELD.add(real)) {
      return null;
    }
    FileLock lock = null;
    FileChannel channel = null;
    try {
      channel = FileChannel.open(file, options);
      lock = channel.tryLock();
      return lock == null ? null : new ProcessLock(real, channel);
    } finally {
      if (lock == null) {
        release(real, channel);
      }
    }
  }

  /**
   * Makes {@code file}, which is not there, and holds it. Another may have locked it first, and be
   * through with it; where the file system has no locks nobody has.
   */
  static ProcessLock make(Path file, FileAttribute<?>... attributes) throws IOException {
    Path real = real(file);
    HELD.add(real);
    FileChannel channel;
    try {
      channel = FileChannel.open(file, NEW, attributes);
    } catch (IOException | RuntimeException e) {
      HELD.remove(real);
      throw e;
    }
    try {
      channel.lock();
    } catch (IOException e) {
      // Nobody can lock it here.
    }
    return new ProcessLock(real, channel);
  }

  private static Path real(Path file) {
    return file.toAbsolutePath().normalize();
  }

  /** Of the file, for who holds it. */
  FileChannel channel() {
    return channel;
  }

  /** Waits for the lock; {@code null} if told to stop before. */
  public static ProcessLock await(Path file, BooleanSupplier shouldStop)
      throws IOException, InterruptedException {
    ProcessLock lock = tryLock(file);
    while (lock == null && !shouldStop.getAsBoolean()) {
      Thread.sleep(POLL_MILLIS);
      lock = tryLock(file);
    }
    return lock;
  }

  /** Lets the file's time be now, as its file system has it. */
  public void touch() throws IOException {
    channel.write(ByteBuffer.wrap(new byte[] {'\n'}), 0);
  }

  private static void release(Path file, FileChannel channel) throws IOException {
    try {
      if (channel != null) {
        channel.close();
      }
    } finally {
      HELD.remove(file);
    }
  }

  @Override
  public void close() throws IOException {
    release(file, channel);
  }
}
