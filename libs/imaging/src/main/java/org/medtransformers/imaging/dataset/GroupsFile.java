package org.medtransformers.imaging.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/**
 * {@code groups.csv} in a data set's folder: in its column {@code image} the path of an image,
 * relative to the folder, its id, or the name of its file where no other is called so; in its
 * column {@code group} the patient or lesion.
 */
record GroupsFile(CsvTable table, DatasetListing listing) {
  static final String NAME = "groups.csv";
  private static final String IMAGE = "image";
  private static final String GROUP = "group";

  static GroupsFile read(DatasetFolder folder, DatasetListing listing) {
    Path file = folder.labelFile(NAME);
    return new GroupsFile(CsvTable.read(file, List.of(IMAGE, GROUP)).requireIds(IMAGE), listing);
  }

  /** The listing with these groups; an image that the file does not name is one of its own. */
  DatasetListing apply() {
    Map<String, Set<Integer>> named = named();
    GroupColumn column = new GroupColumn(GROUP);
    String[] groups = new String[listing.samples().size()];
    List<String> stray = new ArrayList<>();
    for (CsvRow row : table.rows()) {
      Set<Integer> images = named.getOrDefault(key(row.get(IMAGE)), Set.of());
      images.forEach(image -> set(groups, image, column.of(row), row));
      if (images.isEmpty()) {
        stray.add(row.get(IMAGE));
      }
      if (images.size() > 1) {
        throw invalid(row, "is the name of several images; allowed is a path");
      }
    }
    if (stray.size() == table.rows().size()) {
      throw invalid(
          table.rows().get(0),
          "is no image, nor is any below; allowed are paths such as "
              + listing.samples().get(0).source().name(listing.root()));
    }
    return listing
        .grouped(groups, table.file())
        .noting(Notices.some("rows of groups.csv that name no image", stray));
  }

  private void set(String[] groups, int image, String group, CsvRow row) {
    if (groups[image] != null && !groups[image].equals(group)) {
      throw invalid(row, "has another group already, %s".formatted(groups[image]));
    }
    groups[image] = group;
  }

  private static MedtransException invalid(CsvRow row, String problem) {
    return MedtransException.of(
        ErrorCode.DATASET_INVALID,
        "label file %s, line %d: %s %s".formatted(row.file(), row.line(), row.get(IMAGE), problem));
  }

  /** Positions of images by their paths and ids, and by names that are none of these. */
  private Map<String, Set<Integer>> named() {
    Map<String, Set<Integer>> paths = new HashMap<>();
    Map<String, Set<Integer>> names = new HashMap<>();
    for (int i = 0; i < listing.samples().size(); i++) {
      Sample sample = listing.samples().get(i);
      String path = key(sample.source().name(listing.root()));
      for (String called : List.of(path, key(sample.id()))) {
        paths.computeIfAbsent(called, p -> new LinkedHashSet<>()).add(i);
      }
      names
          .computeIfAbsent(path.substring(path.lastIndexOf('/') + 1), n -> new LinkedHashSet<>())
          .add(i);
    }
    names.forEach(paths::putIfAbsent);
    return paths;
  }

  private static String key(String path) {
    return SimilarNames.key(path.replace('\\', '/').replaceFirst("^(\\./)+", ""));
  }
}
