package org.medtransformers.imaging.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Finds images in folders. What is hidden or by its name's end text is no image; everything else
 * must be one, so that none is left out unnoticed. In order of their paths, whatever the file
 * system's.
 */
public final class ImageTree {
  private static final int DEEPEST = 64;
  private static final List<String> NO_IMAGES =
      List.of(".txt", ".csv", ".tsv", ".json", ".md", ".xml", ".ini", ".db", ".html", ".pdf");

  /**
   * @param parent the folder below which it was found
   * @param path of the image, relative to the data set's folder, with {@code /}
   */
  record Found(String parent, String path, Path file) {}

  private ImageTree() {}

  /** Names of the folders in {@code path}, which is empty or ends in {@code /}. */
  static List<String> folders(DatasetFolder folder, String path) {
    Path parent = path.isEmpty() ? folder.root() : folder.resolve(path);
    try (Stream<Path> entries = Files.list(parent)) {
      return entries
          .filter(entry -> !hidden(entry) && Files.isDirectory(entry))
          .map(entry -> entry.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw Labels.invalidFolder(parent, "cannot be listed: " + e);
    }
  }

  /** The images in folder {@code name} of {@code path} and in the folders below it. */
  static List<Found> images(DatasetFolder folder, String path, String name) {
    Path top = folder.resolve(path + name);
    try {
      return below(top).stream()
          .map(file -> path + name + "/" + slashes(file))
          .sorted(Comparator.naturalOrder())
          .map(found -> new Found(name, found, folder.followed(found)))
          .toList();
    } catch (IOException | UncheckedIOException e) {
      // Also a link to one of its own parents, and a folder that may not be read.
      throw Labels.invalidFolder(top, "cannot be listed: " + e.getMessage());
    }
  }

  /**
   * The images in {@code folder} and the folders below it, links followed, relative to it, in
   * order.
   *
   * @throws IOException if a folder cannot be listed or a link leads to one of its own parents; may
   *     be wrapped in an {@link UncheckedIOException}
   */
  public static List<Path> below(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder, DEEPEST, FileVisitOption.FOLLOW_LINKS)) {
      return tree.filter(file -> isImage(folder.relativize(file)) && !Files.isDirectory(file))
          .map(folder::relativize)
          .sorted()
          .toList();
    }
  }

  private static String slashes(Path path) {
    return path.toString().replace(path.getFileSystem().getSeparator(), "/");
  }

  /** Whether the name says so; in a hidden folder nothing is an image. */
  private static boolean isImage(Path relative) {
    String name = relative.getFileName().toString().toLowerCase(Locale.ROOT);
    for (Path part : relative) {
      if (hidden(part)) {
        return false;
      }
    }
    return NO_IMAGES.stream().noneMatch(name::endsWith);
  }

  private static boolean hidden(Path path) {
    String name = path.getFileName().toString();
    return name.startsWith(".") || name.equals("__MACOSX");
  }
}
