package org.medtransformers.experiment.augmentation;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An augmentation strategy in the format of the reference implementation: named transforms, how
 * often each makes a view, in which order, and what they inherit from the run's own file.
 */
public record Strategy(
    @JsonProperty("general_args") General general,
    @JsonProperty("repetition_strategy") Repetition repetition,
    NamedTransforms transforms) {

  /**
   * @param overwriteDefaults whether it takes the place of the run's own training transforms
   * @param inherit names of the transforms that are copied from the run's own
   * @param imgSize for which the sizes of crops are meant; null where they are meant as they are
   */
  public record General(
      @JsonProperty("overwrite_defaults") boolean overwriteDefaults,
      List<String> inherit,
      @JsonProperty("img_size") Integer imgSize) {}

  /**
   * @param nAugmentations views of each of {@code order}
   * @param order names of transforms
   */
  public record Repetition(
      @JsonProperty("n_augmentations") List<Integer> nAugmentations, List<String> order) {
    /** The name of the transforms that make each view. */
    List<String> views() {
      List<String> views = new ArrayList<>();
      for (int i = 0; i < order.size(); i++) {
        for (int n = 0; n < nAugmentations.get(i); n++) {
          views.add(order.get(i));
        }
      }
      return views;
    }
  }

  /** By name; each an object as in {@code train_transforms} of a run's file. */
  public record NamedTransforms(
      @JsonProperty("train_transforms") Map<String, ObjectNode> trainTransforms) {}

  /**
   * A view of a training image.
   *
   * @param name in the strategy
   */
  public record NamedView(String name, ObjectNode transforms) {}

  /**
   * The views in order: DINO's are two global and six local ones.
   *
   * @param own the run's own training transforms, of which some are inherited
   * @param imgSize of the model, pixels
   * @param patchSize of the model, pixels
   * @param smallest image that the model takes, pixels
   */
  public List<NamedView> views(JsonNode own, int imgSize, int patchSize, int smallest) {
    return repetition.views().stream()
        .map(name -> new NamedView(name, view(name, own, imgSize, patchSize, smallest)))
        .toList();
  }

  private ObjectNode view(String name, JsonNode own, int imgSize, int patchSize, int smallest) {
    ObjectNode view = transforms.trainTransforms().get(name).deepCopy();
    if (general.imgSize() != null) {
      scale(view, imgSize, patchSize, smallest);
    }
    for (String inherited : general.inherit()) {
      if (own.has(inherited)) {
        view.set(inherited, own.get(inherited).deepCopy());
      }
    }
    return view;
  }

  private void scale(ObjectNode view, int imgSize, int patchSize, int smallest) {
    if (view.get("RandomResizedCrop") instanceof ObjectNode crop && crop.has("size")) {
      crop.put("size", scaled(crop.get("size").intValue(), imgSize, patchSize, smallest));
    }
    if (view.at("/MultiCrop/sizes") instanceof ArrayNode sizes) {
      for (int i = 0; i < sizes.size(); i++) {
        sizes.set(
            i, IntNode.valueOf(scaled(sizes.get(i).intValue(), imgSize, patchSize, smallest)));
      }
    }
  }

  /**
   * To the nearest whole number of patches that the model takes; what is the whole image stays so.
   */
  private int scaled(int size, int imgSize, int patchSize, int smallest) {
    if (size == general.imgSize()) {
      return imgSize;
    }
    double exact = (double) imgSize * size / general.imgSize();
    return (int) Math.max(smallest, Math.round(exact / patchSize) * patchSize);
  }
}
