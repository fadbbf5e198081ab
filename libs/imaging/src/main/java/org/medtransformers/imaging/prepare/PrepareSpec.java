package org.medtransformers.imaging.prepare;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.medtransformers.contracts.config.OnBadImage;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.config.Transforms;
import org.medtransformers.contracts.data.Split;

/**
 * What a run's file says about its data: all that decides what a prepared set holds.
 *
 * @param acrossSplits whether images of one split are looked at as those of another are, too
 */
public record PrepareSpec(
    RunConfig.DatasetParams dataset, RunConfig.Medtrans options, boolean acrossSplits) {
  /** Each split is looked at in its own way alone. */
  public PrepareSpec(RunConfig.DatasetParams dataset, RunConfig.Medtrans options) {
    this(dataset, options, false);
  }

  Path location() {
    return Path.of(dataset.dataLocation());
  }

  boolean skipsBadImages() {
    return options.onBadImage() == OnBadImage.SKIP;
  }

  /**
   * The size to which a part's images are resized: the one that all views of them ask for. Absent
   * where they ask for none or for different ones, in which case loaders resize.
   */
  Map<Split, Size> sizes() {
    Map<Split, Size> sizes = new EnumMap<>(Split.class);
    for (Split split : Split.values()) {
      commonSize(lookingAt(split)).ifPresent(size -> sizes.put(split, size));
    }
    return sizes;
  }

  private List<Transforms> lookingAt(Split split) {
    return acrossSplits
        ? Arrays.stream(Split.values()).flatMap(s -> views(s).stream()).toList()
        : views(split);
  }

  private List<Transforms> views(Split split) {
    List<Transforms> views =
        switch (split) {
          case TRAIN -> dataset.trainTransforms();
          case VAL -> dataset.valTransforms();
          case TEST -> dataset.testTransforms();
        };
    return views == null ? List.of() : views;
  }

  private static Optional<Size> commonSize(List<Transforms> views) {
    List<Optional<Size>> sizes =
        views.stream()
            .map(v -> v.appliedResize().map(r -> new Size(r.height(), r.width())))
            .distinct()
            .toList();
    return sizes.size() == 1 ? sizes.get(0) : Optional.empty();
  }
}
