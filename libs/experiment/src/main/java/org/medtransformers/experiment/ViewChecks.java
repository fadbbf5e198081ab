package org.medtransformers.experiment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.medtransformers.contracts.config.Backbone;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.config.TrainingMethod;
import org.medtransformers.contracts.config.Transforms;
import org.medtransformers.contracts.config.Transforms.MultiCrop;
import org.medtransformers.contracts.config.Transforms.RandomCrop;
import org.medtransformers.contracts.config.Transforms.RandomGaussianBlur;
import org.medtransformers.contracts.config.Transforms.RandomResizedCrop;
import org.medtransformers.contracts.config.Transforms.Resize;
import org.medtransformers.contracts.config.Transforms.Transform;

/** Checks the views of a run: how many its method sees, and of each, crop by crop, the size. */
final class ViewChecks {
  private static final int MOST_VIEWS = 64;
  static final int SMALLEST_FOR_RESNET = 32;

  private final RunConfig run;
  private final Findings findings;

  private ViewChecks(RunConfig run, Findings findings) {
    this.run = run;
    this.findings = findings;
  }

  /**
   * Reports every broken rule.
   *
   * @param trainingPaths where in the document each element of the training transforms comes from
   */
  static void check(RunConfig run, List<String> trainingPaths, Findings findings) {
    ViewChecks checks = new ViewChecks(run, findings);
    checks.training(trainingPaths);
    checks.evaluation("dataset_params.val_transforms", run.dataset().valTransforms());
    checks.evaluation("dataset_params.test_transforms", run.dataset().testTransforms());
  }

  private void training(List<String> paths) {
    List<Transforms> elements = run.dataset().trainTransforms();
    List<Optional<OutputSize>> sizes =
        IntStream.range(0, paths.size())
            .boxed()
            .flatMap(i -> view(paths.get(i), elements.get(i)).stream())
            .toList();
    int views = sizes.size();
    TrainingMethod method = run.medtrans().method();
    String allowed =
        switch (method) {
          case SUPERVISED -> views == 1 ? "" : "1";
          case DINO -> views >= 2 && views <= MOST_VIEWS ? "" : "2 to " + MOST_VIEWS;
          case BYOL, SIMSIAM -> views == 2 ? "" : "2";
        };
    if (!allowed.isEmpty()) {
      findings.invalid(
          "dataset_params.train_transforms",
          "found %d views (elements of a list, crops of MultiCrop, or of medtrans.augmentation),"
                  .formatted(views)
              + " allowed with medtrans.method %s: %s".formatted(method, allowed));
    } else if (method == TrainingMethod.DINO) {
      crops(sizes);
    }
  }

  /** The teacher sees the first two crops together. */
  private void crops(List<Optional<OutputSize>> sizes) {
    Integer ncrops = run.model().dino().ncrops();
    if (ncrops != null && ncrops != sizes.size()) {
      findings.invalid(
          "model_params.DINO.ncrops",
          "found %d, allowed: %d, the number of views in dataset_params.train_transforms"
                  .formatted(ncrops, sizes.size())
              + " (elements of a list, crops of MultiCrop, or of medtrans.augmentation)");
    }
    if (!sizes.get(0).equals(sizes.get(1))) {
      findings.invalid(
          "dataset_params.train_transforms",
          "the first two views give %s and %s images, allowed with medtrans.method dino: one size"
              .formatted(text(sizes.get(0)), text(sizes.get(1))));
    }
  }

  private static String text(Optional<OutputSize> size) {
    return size.map(OutputSize::toString).orElse("unequal");
  }

  /** Whatever the method, an image is evaluated by one look at it. */
  private void evaluation(String path, List<Transforms> elements) {
    int views = 0;
    for (int i = 0; i < elements.size(); i++) {
      views += view(elements.size() == 1 ? path : path + "[" + i + "]", elements.get(i)).size();
    }
    if (views != 1) {
      findings.invalid(path, "found %d views, allowed: 1".formatted(views));
    }
  }

  /** Checks one element; returns the sizes of its views. */
  private List<Optional<OutputSize>> view(String path, Transforms view) {
    blur(path, view.randomGaussianBlur());
    MultiCrop crops = view.multiCrop();
    if (crops == null || !crops.apply()) {
      Optional<OutputSize> size = walk(path, Optional.empty(), view.applied());
      size(path, size);
      return List.of(size);
    }
    return crops(path, view, crops);
  }

  private List<Optional<OutputSize>> crops(String path, Transforms view, MultiCrop crops) {
    sameLength(path + ".MultiCrop.sizes", crops.sizes().size(), crops.nCrops().size());
    sameLength(path + ".MultiCrop.scales", crops.scales().size(), crops.nCrops().size());
    List<Transform> after = new ArrayList<>(view.applied());
    if (after.removeIf(RandomResizedCrop.class::isInstance)) {
      findings.notice(path + ".RandomResizedCrop", "does nothing here: MultiCrop crops instead");
    }
    after.removeIf(Resize.class::isInstance);
    List<Optional<OutputSize>> sizes = new ArrayList<>();
    for (int i = 0; i < crops.sizes().size(); i++) {
      String where = "%s.MultiCrop.sizes[%d]".formatted(path, i);
      Optional<OutputSize> size =
          walk(where, Optional.of(OutputSize.square(crops.sizes().get(i))), after);
      size(where, size);
      int count = i < crops.nCrops().size() ? crops.nCrops().get(i) : 0;
      sizes.addAll(Collections.nCopies(count, size));
    }
    return sizes;
  }

  private void sameLength(String path, int found, int allowed) {
    if (found != allowed) {
      findings.invalid(
          path, "found %d elements, allowed: %d, as many as n_crops".formatted(found, allowed));
    }
  }

  private Optional<OutputSize> walk(
      String path, Optional<OutputSize> before, List<Transform> transforms) {
    Optional<OutputSize> size = before;
    for (Transform transform : transforms) {
      if (transform instanceof RandomCrop crop) {
        size.ifPresent(s -> randomCrop(path, crop, s));
      }
      size = OutputSize.after(size, transform);
    }
    return size;
  }

  private void randomCrop(String path, RandomCrop crop, OutputSize from) {
    int margin = 2 * crop.padding();
    if (crop.height() > from.height() + margin || crop.width() > from.width() + margin) {
      findings.invalid(
          path,
          "RandomCrop of %dx%d does not fit into images of %s with a padding of %d"
              .formatted(crop.height(), crop.width(), from, crop.padding()));
    }
  }

  private void size(String path, Optional<OutputSize> size) {
    if (size.isEmpty()) {
      findings.invalid(
          path,
          "the images keep their own sizes and cannot be batched; apply Resize, CenterCrop,"
              + " RandomCrop or RandomResizedCrop");
    } else if (run.model().backbone().family() == Backbone.Family.VISION_TRANSFORMER) {
      transformerInput(path, size.get());
    } else if (size.get().smallest() < SMALLEST_FOR_RESNET) {
      findings.invalid(path, "gives " + size.get() + " images, a ResNet needs at least 32x32");
    }
  }

  /** Position embeddings are interpolated to another size than img_size, so any grid will do. */
  private void transformerInput(String path, OutputSize size) {
    int patch = run.model().transformer().patchSize();
    boolean square = size.height() == size.width();
    if (run.model().transformer().patchFits() && (!square || size.height() % patch != 0)) {
      findings.invalid(
          path,
          "gives %s images, allowed: squares of a multiple of patch_size %d"
              .formatted(size, patch));
    }
  }

  private void blur(String path, RandomGaussianBlur blur) {
    if (blur != null && blur.apply()) {
      findings.rising(
          path + ".RandomGaussianBlur",
          "radius_min",
          blur.radiusMin(),
          "radius_max",
          blur.radiusMax());
    }
  }
}
