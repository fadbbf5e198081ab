package org.medtransformers.learning.checkpoint;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The steps by which a store changes what is on the disk; a process may be killed at any. */
class Disk {
  void createFolder(Path folder) throws IOException {
    Files.createDirectories(folder);
  }

  void write(Path file, String text) throws IOException {
    Files.writeString(file, text);
  }

  /** Returns when {@code path}, a file's content or a folder's entries, outlasts a power cut. */
  void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Gives {@code from} the name {@code to}, at once, in place of a file that has it. */
  void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Removes a file or an empty folder. */
  void remove(Path path) throws IOException {
    Files.deleteIfExists(path);
  }
}
