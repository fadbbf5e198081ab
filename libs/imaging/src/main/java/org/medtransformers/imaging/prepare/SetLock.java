package org.medtransformers.imaging.prepare;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** An exclusive lock on a file, between processes and within this one. */
final class SetLock implements AutoCloseable {
  /**
   * The files locked by this process: POSIX drops a process's lock as soon as it closes any handle
   * to the file, so a second one must never be opened.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private SetLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Locks {@code file}, made where it is missing; {@code null} where it is locked already.
   *
   * @param file in a folder that exists
   */
  static SetLock tryLock(Path file) throws IOException {
    Path real = file.toAbsolutePath().normalize();
    if (!HELD.add(real)) {
      return null;
    }
    FileLock lock = null;
    FileChannel channel = null;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      lock = channel.tryLock();
      return lock == null ? null : new SetLock(real, channel);
    } finally {
      if (lock == null) {
        release(real, channel);
      }
    }
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
