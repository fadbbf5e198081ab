package org.medtransformers.contracts.download;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Lets one download happen at a time among all processes that share a folder. */
public final class DownloadLock implements AutoCloseable {
  private static final long POLL_MILLIS = 200;

  /**
   * Held by this process: POSIX drops a process's lock as soon as it closes any handle to the file,
   * so a second one must never be opened.
   */
  private static final ReentrantLock WITHIN_PROCESS = new ReentrantLock();

  private final FileChannel channel;

  private DownloadLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Waits for the lock; null if told to stop before. */
  public static DownloadLock acquire(Path file, Transfer transfer)
      throws IOException, InterruptedException {
    while (!WITHIN_PROCESS.tryLock(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
      if (transfer.stopped()) {
        return null;
      }
    }
    FileLock lock = null;
    FileChannel channel = null;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      lock = channel.tryLock();
      while (lock == null && !transfer.stopped()) {
        Thread.sleep(POLL_MILLIS);
        lock = channel.tryLock();
      }
      return lock == null ? null : new DownloadLock(channel);
    } finally {
      if (lock == null) {
        release(channel);
      }
    }
  }

  private static void release(FileChannel channel) throws IOException {
    try {
      if (channel != null) {
        channel.close();
      }
    } finally {
      WITHIN_PROCESS.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    release(channel);
  }
}
