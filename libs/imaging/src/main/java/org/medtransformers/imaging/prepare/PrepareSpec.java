package org.medtransformers.imaging.prepare;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.config.Transforms;
import org.medtransformers.contracts.data.Split;

/** What a run's file says about its data: all that decides what a prepared set holds. */
public record PrepareSpec(RunConfig.DatasetParams dataset, RunConfig.Medtrans options) {
  Path location() {
    return Path.of(dataset.dataLocation());
  }

  boolean skipsBadImages() {
    return "skip".equals(options.onBadImage());
  }

  /**
   * The size to which a part's images are resized: the one that all its views ask for. Absent where
   * they ask for none or for different ones, in which case loaders resize.
   */
  Map<Split, Size> sizes() {
    Map<Split, Size> sizes = new EnumMap<>(Split.class);
    for (Split split : Split.values()) {
      commonSize(views(split)).ifPresent(size -> sizes.put(split, size));
    }
    return sizes;
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
