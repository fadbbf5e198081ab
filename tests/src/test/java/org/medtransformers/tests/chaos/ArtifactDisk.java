package org.medtransformers.tests.chaos;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A small file system of its own for what runs leave behind, which is full at a word. Needs the
 * right to mount one.
 */
final class ArtifactDisk {
  private static final String SIZE = "4g";

  /** A size of nothing would be without limit. */
  private static final long BLOCK = 4096;

  private final Path folder;
  private final boolean mounted;

  private ArtifactDisk(Path folder, boolean mounted) {
    this.folder = folder;
    this.mounted = mounted;
  }

  /**
   * The disk of {@code folder}; a part of another one where nothing may be mounted.
   *
   * @param own whether it is wanted
   */
  static ArtifactDisk at(Path folder, boolean own) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    boolean mounted =
        own && done("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "tmpfs", folder.toString());
    return new ArtifactDisk(folder, mounted);
  }

  /** Whether it can be filled without harm to others. */
  boolean own() {
    return mounted;
  }

  /** Leaves room for hardly a byte more than what is there. */
  void fill() throws IOException, InterruptedException {
    FileStore store = Files.getFileStore(folder);
    long used = store.getTotalSpace() - store.getUnallocatedSpace();
    resize(Math.max(used, BLOCK) + "");
  }

  /** Gives the room back. */
  void empty() throws IOException, InterruptedException {
    resize(SIZE);
  }

  /** A file system that holds more, as somebody has just written, refuses. */
  private void resize(String size) throws IOException, InterruptedException {
    if (!done("mount", "-o", "remount,size=" + size, folder.toString())) {
      throw new IOException("cannot resize " + folder + " to " + size);
    }
  }

  /** Ends it, with all that it holds. */
  void unmount() throws IOException, InterruptedException {
    if (mounted && !done("umount", "-l", folder.toString())) {
      throw new IOException("cannot unmount " + folder);
    }
  }

  private static boolean done(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }
}
