package org.medtransformers.imaging.dataset;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.config.OwnData;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.TargetMetric;

/**
 * One folder per class, named after it. Where the folders are {@code train}, {@code val} and {@code
 * test}, they hold the class folders and are the split.
 */
record ImageFolderSet(OwnData.ImageFolder options) implements DatasetSource {
  private static final String TRAIN = "train";
  private static final List<String> VAL = List.of("val", "valid", "validation");
  private static final String TEST = "test";

  /** Folders of classes, and the images in them. */
  private record Part(List<String> classes, List<ImageTree.Found> images) {
    static final Part NONE = new Part(List.of(), List.of());
  }

  @Override
  public DatasetName name() {
    return DatasetName.IMAGE_FOLDER;
  }

  @Override
  public String folder() {
    return options == null || options.folder() == null ? name().label() : options.folder();
  }

  @Override
  public DatasetListing list(DatasetFolder folder) {
    List<String> top = ImageTree.folders(folder, "");
    Set<String> parts = new HashSet<>(VAL);
    parts.addAll(List.of(TRAIN, TEST));
    boolean split = top.contains(TRAIN) && parts.containsAll(top);
    return split ? official(folder, top) : whole(folder, top);
  }

  private DatasetListing whole(DatasetFolder folder, List<String> classes) {
    Part all = part(folder, "", classes);
    LabelNames names = names(folder, all);
    List<Sample> samples = samples(all, names);
    requireImages(folder, samples);
    return HeldOut.split(folder, description(folder, names), List.of(), samples, HeldOut.OWN_DATA);
  }

  private static void requireImages(DatasetFolder folder, List<Sample> samples) {
    if (samples.isEmpty()) {
      throw Labels.invalidFolder(folder.root(), "has no image");
    }
  }

  private DatasetListing official(DatasetFolder folder, List<String> top) {
    List<String> val = VAL.stream().filter(top::contains).toList();
    if (val.size() > 1 || !top.contains(TEST)) {
      throw Labels.invalidFolder(
          folder.root(),
          "has the folders %s, allowed are train, test and one of %s, or one folder per class"
              .formatted(top, VAL));
    }
    Part train = part(folder, TRAIN + "/");
    Part validation = val.isEmpty() ? Part.NONE : part(folder, val.get(0) + "/");
    Part test = part(folder, TEST + "/");
    LabelNames names = names(folder, train, validation, test);
    SplitSamples parts = new SplitSamples();
    for (Part part : List.of(train, validation, test)) {
      parts.addPart(samples(part, names));
    }
    requireImages(folder, parts.samples());
    return parts.listing(folder, description(folder, names), List.of());
  }

  private static Part part(DatasetFolder folder, String path) {
    return part(folder, path, ImageTree.folders(folder, path));
  }

  private static Part part(DatasetFolder folder, String path, List<String> classes) {
    List<ImageTree.Found> images = new ArrayList<>();
    classes.forEach(name -> images.addAll(ImageTree.images(folder, path, name)));
    return new Part(classes, images);
  }

  private LabelNames names(DatasetFolder folder, Part... parts) {
    return LabelNames.of(
        Stream.of(parts).flatMap(part -> part.classes().stream()).toList(),
        options == null ? null : options.classes(),
        "image folder " + folder.root());
  }

  private static List<Sample> samples(Part part, LabelNames names) {
    return part.images().stream()
        .map(image -> new Sample(image.path(), image.file(), names.number(image.parent()), ""))
        .toList();
  }

  private DatasetDescription description(DatasetFolder folder, LabelNames names) {
    return OwnDescription.of(
        this,
        "image_folder",
        options,
        names.names(),
        names.task(),
        3,
        TargetMetric.usual(names.task()),
        folder);
  }
}
