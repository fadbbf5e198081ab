package org.medtransformers.imaging.dataset;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.config.FolderLabels;
import org.medtransformers.contracts.config.OwnData;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;

/**
 * One folder per class, named after it. Where the folders are called as the parts of a split are,
 * they hold the class folders and are the split. A folder without any image is no class.
 */
record ImageFolderSet(OwnData.ImageFolder options) implements DatasetSource {

  /** What class folders, perhaps of one part alone, hold. */
  private record Part(List<String> folders, List<ImageTree.Found> images, List<String> loose) {
    static final Part NONE = new Part(List.of(), List.of(), List.of());

    static Part of(DatasetFolder folder, String path, List<String> names) {
      return new Part(
          names.stream().map(PlainText::composed).toList(),
          names.stream().flatMap(n -> ImageTree.images(folder, path, n).stream()).toList(),
          ImageTree.loose(folder, path).stream().map(path::concat).toList());
    }

    List<String> classes() {
      return images.stream().map(ImageTree.Found::parent).distinct().toList();
    }
  }

  @Override
  public DatasetName name() {
    return DatasetName.IMAGE_FOLDER;
  }

  @Override
  public String folder() {
    return options == null || options.folder() == null ? name().label() : options.folder();
  }

  private List<String> given() {
    return options == null ? null : options.classes();
  }

  @Override
  public DatasetListing list(DatasetFolder folder) {
    UnlabelledImages unlabelled = new UnlabelledImages(folder, given());
    boolean told = options != null && options.labels() == FolderLabels.NONE;
    return told || unlabelled.areAll()
        ? unlabelled.listing(description(folder, List.of(), Task.MULTI_CLASS))
        : labelled(folder).beside(unlabelled.besideClasses());
  }

  private DatasetListing labelled(DatasetFolder folder) {
    List<String> top = classFolders(folder, "");
    boolean classes = given() != null && given().containsAll(top);
    List<String> parts = classes ? List.of() : top.stream().filter(PartFolders::isLikeOne).toList();
    return parts.isEmpty() ? whole(folder) : official(folder, top);
  }

  private Part part(DatasetFolder folder, String path) {
    return Part.of(folder, path, classFolders(folder, path));
  }

  private List<String> classFolders(DatasetFolder folder, String path) {
    return ImageTree.folders(folder, path).stream()
        .filter(name -> !UnlabelledImages.isName(name, given()))
        .toList();
  }

  private DatasetListing whole(DatasetFolder folder) {
    Part all = part(folder, "");
    requireNoParts(folder, all);
    LabelNames names = names(folder, List.of(all));
    List<Sample> samples = samples(List.of(all), names).get(0);
    return HeldOut.split(
            folder,
            description(folder, names.names(), names.task()),
            List.of(),
            samples,
            HeldOut.OWN_DATA)
        .noting(notices(List.of(all), names));
  }

  /** Refuses parts below the classes, which would be divided anew without a word. */
  private static void requireNoParts(DatasetFolder folder, Part all) {
    for (ImageTree.Found image : all.images()) {
      String[] names = image.path().split("/", -1);
      if (names.length > 2 && PartFolders.isLikeOne(names[1])) {
        throw Labels.invalidFolder(
            folder.root(),
            "has the folder %s/%s; %s".formatted(names[0], names[1], PartFolders.ALLOWED));
      }
    }
  }

  private DatasetListing official(DatasetFolder folder, List<String> top) {
    List<String> used =
        top.stream()
            .filter(n -> PartFolders.isLikeOne(n) || !ImageTree.images(folder, "", n).isEmpty())
            .toList();
    Map<Split, String> folders =
        PartFolders.of(used)
            .orElseThrow(
                () ->
                    Labels.invalidFolder(
                        folder.root(),
                        "has the folders %s, %s".formatted(used, PartFolders.ALLOWED)));
    List<Part> parts =
        Stream.of(Split.values())
            .map(s -> folders.containsKey(s) ? part(folder, folders.get(s) + "/") : Part.NONE)
            .toList();
    LabelNames names = names(folder, parts);
    SplitSamples samples = new SplitSamples();
    samples(parts, names).forEach(samples::addPart);
    return samples
        .listing(folder, description(folder, names.names(), names.task()), List.of())
        .noting(notices(parts, names));
  }

  private LabelNames names(DatasetFolder folder, List<Part> parts) {
    List<String> labels = parts.stream().flatMap(part -> part.classes().stream()).toList();
    if (labels.isEmpty()) {
      throw Labels.invalidFolder(
          folder.root(),
          "has no image in a class folder; where there are no classes, say so by"
              + " medtrans.image_folder.labels \"none\"");
    }
    return LabelNames.of(labels, given(), "image folder " + folder.root());
  }

  /** Of each part. An id is the image's path, in composed Unicode where that is of one alone. */
  private static List<List<Sample>> samples(List<Part> parts, LabelNames names) {
    Map<String, Long> paths =
        parts.stream()
            .flatMap(part -> part.images().stream())
            .collect(groupingBy(image -> PlainText.composed(image.path()), counting()));
    return parts.stream()
        .map(part -> part.images().stream().map(i -> sample(i, names, paths)).toList())
        .toList();
  }

  private static Sample sample(ImageTree.Found image, LabelNames names, Map<String, Long> paths) {
    String composed = PlainText.composed(image.path());
    String id = paths.get(composed) == 1 ? composed : image.path();
    return new Sample(id, image.file(), names.number(image.parent()), "");
  }

  private List<String> notices(List<Part> parts, LabelNames names) {
    Set<String> classes = new HashSet<>();
    parts.forEach(part -> classes.addAll(part.classes()));
    List<String> empty =
        parts.stream()
            .flatMap(part -> part.folders().stream())
            .distinct()
            .filter(name -> !classes.contains(name))
            .toList();
    List<String> loose = parts.stream().flatMap(part -> part.loose().stream()).toList();
    return Stream.of(
            Notices.some("folders without any image, which are no classes", empty),
            Notices.some("images in no class folder, which are not used", loose),
            names.notices(options == null ? null : options.targetMetric()))
        .flatMap(List::stream)
        .toList();
  }

  private DatasetDescription description(DatasetFolder folder, List<String> classes, Task task) {
    return OwnDescription.of(
        this, "image_folder", options, classes, task, 3, TargetMetric.usual(task), folder);
  }
}
