package org.medtransformers.imaging.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds files whose names are written otherwise than a label file has them: in another form of
 * Unicode, or with the extension in capital letters. A folder is listed once.
 */
final class SimilarNames {
  private final Map<Path, Map<String, List<Path>>> folders = new HashMap<>();

  /**
   * The only file or folder with a name like {@code wanted}, which does not exist, each folder on
   * the way likewise; {@code wanted} itself where there is none.
   */
  Path existing(Path root, Path wanted) {
    Path found = root;
    for (Path part : root.relativize(wanted)) {
      Path exact = found.resolve(part);
      List<Path> similar =
          Files.exists(exact)
              ? List.of(exact)
              : in(found).getOrDefault(key(part.toString()), List.of());
      if (similar.size() > 1) {
        throw Labels.invalidFolder(
            found,
            "has no file %s but several of similar names, %s and %s; allowed is one"
                .formatted(part, similar.get(0).getFileName(), similar.get(1).getFileName()));
      }
      if (similar.isEmpty()) {
        return wanted;
      }
      found = similar.get(0);
    }
    return found;
  }

  private Map<String, List<Path>> in(Path folder) {
    return folders.computeIfAbsent(folder, SimilarNames::list);
  }

  private static Map<String, List<Path>> list(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .sorted()
          .collect(Collectors.groupingBy(entry -> key(entry.getFileName().toString())));
    } catch (IOException e) {
      // No folder, or none that can be read: what is looked for is missing, which will be said.
      return Map.of();
    }
  }

  /** What similar names have in common. */
  static String key(String name) {
    int dot = name.lastIndexOf('.') + 1;
    return PlainText.composed(
        dot == 0 ? name : name.substring(0, dot) + name.substring(dot).toLowerCase(Locale.ROOT));
  }
}
