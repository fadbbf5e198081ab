package org.medtransformers.imaging.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the files that ids name: the path of one, with or without {@code .dcm}, or where there is
 * none, the file of that name in any folder.
 */
final class DicomFiles {
  private static final String EXTENSION = ".dcm";

  private final DatasetFolder folder;
  private Map<String, List<Path>> byName;

  DicomFiles(DatasetFolder folder) {
    this.folder = folder;
  }

  /** May be missing, which reading it will say. */
  Path of(String id) {
    Path plain = folder.followed(id);
    if (Files.isRegularFile(plain)) {
      return plain;
    }
    Path extended = folder.followed(id + EXTENSION);
    if (Files.isRegularFile(extended)) {
      return extended;
    }
    List<Path> named = anywhere(id);
    if (named.size() > 1) {
      throw Labels.invalidFolder(
          folder.root(),
          "has several files for id %s: %s and %s".formatted(id, named.get(0), named.get(1)));
    }
    return named.isEmpty() ? extended : named.get(0);
  }

  private List<Path> anywhere(String id) {
    if (byName == null) {
      byName = new HashMap<>();
      for (String name : ImageTree.folders(folder, "")) {
        for (ImageTree.Found found : ImageTree.images(folder, "", name)) {
          byName.merge(baseName(found.path()), List.of(found.file()), DicomFiles::both);
        }
      }
    }
    return byName.getOrDefault(baseName(id), List.of());
  }

  private static List<Path> both(List<Path> one, List<Path> other) {
    return List.of(one.get(0), other.get(0));
  }

  private static String baseName(String path) {
    String name = SimilarNames.key(path.substring(path.lastIndexOf('/') + 1));
    return name.endsWith(EXTENSION) ? name.substring(0, name.length() - EXTENSION.length()) : name;
  }
}
