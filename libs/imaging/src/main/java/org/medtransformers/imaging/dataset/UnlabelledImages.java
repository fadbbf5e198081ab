package org.medtransformers.imaging.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.imaging.split.Splits;

/**
 * The images of an {@code ImageFolder} of which no folder says the class: all of them, or those in
 * folders called {@code unlabelled} beside class folders.
 *
 * @param classes that the run's file names; null where it names none
 */
record UnlabelledImages(DatasetFolder folder, List<String> classes) {
  private static final Set<String> NAMES = Set.of("unlabelled", "unlabeled");

  /** Whether a folder of that name holds images without labels, and is no class. */
  static boolean isName(String name, List<String> classes) {
    boolean given = classes != null && classes.contains(name);
    return !given && NAMES.contains(name.toLowerCase(Locale.ROOT));
  }

  /** Whether there is no class folder: images lie here, and in no folder but an unlabelled one. */
  boolean areAll() {
    return folders().stream()
            .filter(name -> !isName(name, classes))
            .allMatch(name -> ImageTree.images(folder, "", name).isEmpty())
        && !(ImageTree.loose(folder, "").isEmpty() && besideClasses().isEmpty());
  }

  /**
   * All images, whatever folders they lie in, to be trained on. Where the folders are the parts of
   * a data set, those of the training part; the others are held out, and nothing is measured on
   * them.
   */
  DatasetListing listing(DatasetDescription description) {
    Optional<Map<Split, String>> parts =
        PartFolders.of(
            folders().stream()
                .filter(name -> !ImageTree.images(folder, "", name).isEmpty())
                .toList());
    List<Sample> samples = new ArrayList<>();
    parts.ifPresentOrElse(
        folders -> samples.addAll(below(folders.get(Split.TRAIN))),
        () -> {
          ImageTree.loose(folder, "").forEach(name -> samples.add(sample(name)));
          folders().forEach(name -> samples.addAll(below(name)));
        });
    if (samples.isEmpty()) {
      throw Labels.invalidFolder(folder.root(), "has no image");
    }
    List<Integer> all = IntStream.range(0, samples.size()).boxed().toList();
    return new DatasetListing(
            description, folder.root(), List.of(), samples, new Splits(all, List.of(), List.of()))
        .noting(parts.map(this::heldOut).orElse(List.of()));
  }

  private List<String> heldOut(Map<Split, String> parts) {
    List<String> images =
        Stream.of(Split.VAL, Split.TEST)
            .filter(parts::containsKey)
            .flatMap(part -> ImageTree.images(folder, "", parts.get(part)).stream())
            .map(ImageTree.Found::path)
            .toList();
    return Notices.some("images held out for validation or test, which are not used", images);
  }

  /**
   * Those in the unlabelled folders beside class folders, or beside those of the training part.
   *
   * @throws org.medtransformers.contracts.error.MedtransException where one is in another part
   */
  List<Sample> besideClasses() {
    List<Sample> samples = new ArrayList<>();
    for (String name : folders()) {
      if (isName(name, classes)) {
        samples.addAll(below(name));
      }
      PartFolders.part(name).ifPresent(part -> samples.addAll(within(part, name)));
    }
    return samples;
  }

  private List<Sample> within(Split part, String name) {
    List<String> here =
        ImageTree.folders(folder, name + "/").stream().filter(n -> isName(n, classes)).toList();
    if (part != Split.TRAIN && !here.isEmpty()) {
      throw Labels.invalidFolder(
          folder.root(),
          "has the folder %s/%s; images without labels are trained on, allowed are %s beside the"
                  .formatted(name, here.get(0), here.get(0))
              + " parts or in the training part");
    }
    return here.stream().flatMap(n -> below(name + "/" + n).stream()).toList();
  }

  private List<String> folders() {
    return ImageTree.folders(folder, "");
  }

  private List<Sample> below(String name) {
    return ImageTree.images(folder, "", name).stream().map(found -> sample(found.path())).toList();
  }

  private Sample sample(String path) {
    return new Sample(
        PlainText.composed(path), new ImageFile(folder.followed(path)), List.of(), "");
  }
}
