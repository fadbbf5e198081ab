package org.medtransformers.files;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.ObjLongConsumer;

/**
 * How large files are, whose contents are not read. What vanishes meanwhile, is not there or cannot
 * be looked at counts for nothing; links are not followed.
 */
public final class FolderSize extends SimpleFileVisitor<Path> {
  private final ObjLongConsumer<Path> files;

  private FolderSize(ObjLongConsumer<Path> files) {
    this.files = files;
  }

  /** Bytes in {@code path}, a file, or a folder with all files below it. */
  public static long of(Path path) throws IOException {
    long[] sum = new long[1];
    each(path, (file, bytes) -> sum[0] += bytes);
    return sum[0];
  }

  /** Tells {@code files} of each file below {@code folder}, with its size in bytes. */
  public static void each(Path folder, ObjLongConsumer<Path> files) throws IOException {
    Files.walkFileTree(folder, new FolderSize(files));
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    files.accept(file, attributes.size());
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException gone) {
    return FileVisitResult.CONTINUE;
  }

  /** As a remote file system says of a folder that somebody else deletes. */
  @Override
  public FileVisitResult postVisitDirectory(Path folder, IOException goneMeanwhile) {
    return FileVisitResult.CONTINUE;
  }
}
