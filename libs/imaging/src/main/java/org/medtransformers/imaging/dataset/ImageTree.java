package org.medtransformers.imaging.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
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
   * @param parent name of the folder below which it was found, in composed Unicode
   * @param path of the image, relative to the data set's folder, with {@code /}, as it is written
   */
  record Found(String parent, String path, Path file) {}

  private ImageTree() {}

  /** Names, as they are written, of the folders in {@code path}: empty or ends in {@code /}. */
  static List<String> folders(DatasetFolder folder, String path) {
    return entries(folder, path, Files::isDirectory);
  }

  /** Names of the images that lie in {@code path} itself, likewise. */
  static List<String> loose(DatasetFolder folder, String path) {
    return entries(
        folder, path, entry -> isImage(entry.getFileName()) && !Files.isDirectory(entry));
  }

  private static List<String> entries(DatasetFolder folder, String path, Predicate<Path> wanted) {
    Path parent = path.isEmpty() ? folder.root() : folder.resolve(path);
    try (Stream<Path> entries = Files.list(parent)) {
      return entries
          .filter(entry -> !FileNames.isHidden(entry) && wanted.test(entry))
          .map(entry -> FileNames.of(entry.getFileName()))
          .sorted(Comparator.comparing(PlainText::composed))
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
          .map(file -> path + name + "/" + FileNames.of(file))
          .sorted(Comparator.comparing(PlainText::composed))
          .map(found -> new Found(PlainText.composed(name), found, folder.followed(found)))
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

  /** Whether the name says so; in a hidden folder nothing is an image. */
  private static boolean isImage(Path relative) {
    String name = relative.getFileName().toString().toLowerCase(Locale.ROOT);
    for (Path part : relative) {
      if (FileNames.isHidden(part)) {
        return false;
      }
    }
    return !name.equals("dicomdir") && NO_IMAGES.stream().noneMatch(name::endsWith);
  }
}
