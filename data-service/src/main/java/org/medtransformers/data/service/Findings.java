package org.medtransformers.data.service;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.imaging.prepare.Copies;
import org.medtransformers.imaging.prepare.IndexRow;
import org.medtransformers.imaging.prepare.PreparedSet;
import org.medtransformers.imaging.prepare.Statistics;

/** Finds the images that a prepared set's statistics speak of in its index. */
@Singleton
public final class Findings {
  private static final int MOST_GROUPS = 100;

  /** Images that are shown of a patient's in each part. */
  private static final int OF_A_PART = 2;

  /** Every part's first images of one patient or lesion. */
  private static final class Group {
    private final Map<Split, List<FoundImage>> parts = new EnumMap<>(Split.class);
    private int images;

    void add(int index, IndexRow row) {
      images++;
      List<FoundImage> part = parts.computeIfAbsent(row.split(), split -> new ArrayList<>());
      if (part.size() < OF_A_PART) {
        part.add(found(index, row));
      }
    }

    FoundImages shown(String name) {
      return new FoundImages(
          name, images, true, null, parts.values().stream().flatMap(List::stream).toList());
    }
  }

  private record Place(Split split, String id) {}

  private final PreparedSets sets;

  Findings(PreparedSets sets) {
    this.sets = sets;
  }

  /**
   * What was found of a prepared data set. Reads its whole index.
   *
   * @throws MedtransException {@link ErrorCode#NOT_FOUND} where the set or its files are not there
   */
  public DatasetFindings of(String id) {
    PreparedSet set = sets.get(id);
    Statistics found = set.manifest().statistics();
    List<Copies> duplicates = found == null ? List.of() : found.duplicates().examples();
    boolean compared = found != null && found.nearDuplicates() != null;
    List<Copies> alike = compared ? found.nearDuplicates().examples() : List.of();
    List<String> blank = compared ? found.nearDuplicates().blankExamples() : List.of();
    Set<String> wanted = new HashSet<>(blank);
    Stream.of(duplicates, alike)
        .flatMap(List::stream)
        .flatMap(copies -> copies.copies().stream())
        .forEach(copy -> wanted.add(copy.id()));
    Map<Place, FoundImage> images = new HashMap<>();
    Map<String, Group> groups = new LinkedHashMap<>();
    List<IndexRow> rows = set.rows();
    for (int i = 0; i < rows.size(); i++) {
      IndexRow row = rows.get(i);
      if (wanted.contains(row.id())) {
        images.putIfAbsent(new Place(row.split(), row.id()), found(i, row));
      }
      if (!row.group().isEmpty()) {
        groups.computeIfAbsent(row.group(), name -> new Group()).add(i, row);
      }
    }
    return new DatasetFindings(
        duplicates.stream().map(copies -> shown(copies, images)).toList(),
        alike.stream().map(copies -> shown(copies, images)).toList(),
        leaking(groups),
        blank.stream().map(image -> anywhere(image, images)).filter(Objects::nonNull).toList());
  }

  private static FoundImage found(int index, IndexRow row) {
    return new FoundImage(index, row.id(), row.split(), row.classes());
  }

  private static FoundImages shown(Copies copies, Map<Place, FoundImage> images) {
    return new FoundImages(
        copies.sha256(),
        copies.images(),
        copies.acrossParts(),
        copies.differingLabels(),
        copies.copies().stream()
            .map(copy -> images.get(new Place(copy.split(), copy.id())))
            .filter(Objects::nonNull)
            .toList());
  }

  private static List<FoundImages> leaking(Map<String, Group> groups) {
    return groups.entrySet().stream()
        .filter(group -> group.getValue().parts.size() > 1)
        .limit(MOST_GROUPS)
        .map(group -> group.getValue().shown(group.getKey()))
        .toList();
  }

  /** Of a blank image it is not kept which part it is in. */
  private static FoundImage anywhere(String id, Map<Place, FoundImage> images) {
    return Stream.of(Split.values())
        .map(split -> images.get(new Place(split, id)))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }
}
