package org.medtransformers.imaging.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.config.OwnData;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/**
 * Tells which data set a path means, where nobody has described it. In the order of the rules: a
 * file is what it ends like; a folder is a published layout where it has its label files, MedMNIST
 * where it has an npz file, CSV where a table names images in it and their classes, whatever of
 * these its folders hold, else folders by class. What is several of them is refused.
 */
public final class Recognition {
  private static final String NPZ = ".npz";
  private static final String UNDERSTOOD =
      "understood are: a folder for each class (or train, val and test with such folders); one"
          + " table of images and classes (CSV); an npz file of MedMNIST; the layouts of APTOS2019,"
          + " ISIC2019 and DDSM; anything else by an experiment file";

  private final Path path;
  private final Predicate<Path> allowed;

  private Recognition(Path path, Predicate<Path> allowed) {
    this.path = path;
    this.allowed = allowed;
  }

  /**
   * The data set that {@code path} means.
   *
   * @param path absolute, links resolved
   * @param allowed where links may lead besides
   * @throws MedtransException {@link ErrorCode#DATASET_INVALID} where it is none or several, saying
   *     what was found and what would be understood
   */
  public static Recognised of(Path path, Predicate<Path> allowed) {
    Recognition recognition = new Recognition(path, allowed);
    return Files.isDirectory(path) ? recognition.folder() : recognition.file();
  }

  private Recognised file() {
    if (isNpz(path)) {
      return npz(path.getParent(), name(path));
    }
    if (LabelTable.isTable(path)) {
      return csv(path.getParent(), LabelTable.require(path, allowed));
    }
    throw refused("is a file that ends neither in .npz nor in .csv");
  }

  private Recognised folder() {
    List<Recognised> found = new ArrayList<>(at(path));
    if (found.isEmpty()) {
      entries(path).stream()
          .filter(Files::isDirectory)
          .forEach(below -> found.addAll(published(below)));
    }
    if (found.size() > 1) {
      throw refused(
          "holds %d data sets: %s; name one of them"
              .formatted(
                  found.size(),
                  found.stream().map(Recognised::rule).collect(Collectors.joining("; "))));
    }
    return found.isEmpty() ? classes() : found.get(0);
  }

  /** What the files in {@code folder} itself say that it is. */
  private List<Recognised> at(Path folder) {
    List<Recognised> known = published(folder);
    if (!known.isEmpty()) {
      return known;
    }
    List<Path> files = entries(folder).stream().filter(Files::isRegularFile).toList();
    Stream<Recognised> arrays =
        files.stream().filter(Recognition::isNpz).map(file -> npz(folder, name(file)));
    Stream<Recognised> tables =
        files.stream()
            .filter(LabelTable::isTable)
            .flatMap(file -> LabelTable.in(file, allowed).stream())
            .map(table -> csv(folder, table));
    return Stream.concat(arrays, tables).toList();
  }

  private static List<Recognised> published(Path folder) {
    Optional<DatasetSource> source = Layouts.published(folder);
    source.ifPresent(s -> requireUsual(folder, s));
    return source
        .map(
            s ->
                new Recognised(
                    s,
                    folder.getParent(),
                    null,
                    s.name().label(),
                    "%s has the label files of %s".formatted(name(folder), s.name())))
        .stream()
        .toList();
  }

  /** By its name an experiment file finds it, and of DDSM it means the whole images. */
  private static void requireUsual(Path folder, DatasetSource source) {
    DatasetName dataset = source.name();
    if (source instanceof Ddsm && !Files.exists(folder.resolve("ddsm_raw_image_lists"))) {
      throw MedtransException.of(
          ErrorCode.DATASET_INVALID,
          "%s has the patches of DDSM alone; allowed: ddsm_raw_image_lists, or an experiment file"
                  .formatted(folder)
              + " with medtrans.ddsm");
    }
    if (!name(folder).equals(dataset.label())) {
      throw MedtransException.of(
          ErrorCode.DATASET_INVALID,
          "%s has the layout of %s; allowed: a folder of that name. Rename it to %s"
              .formatted(folder, dataset, dataset));
    }
  }

  private Recognised classes() {
    ImageFolderSet source =
        new ImageFolderSet(new OwnData.ImageFolder(null, null, ".", null, null, null, null));
    if (ImageTree.folders(DatasetFolder.open(path, ".", allowed), "").isEmpty()) {
      throw refused(
          LabelTable.why(entries(path), allowed)
              .orElse("has neither folders nor a table of images in it"));
    }
    return new Recognised(source, path, source.options(), name(path), "it has a folder per class");
  }

  private static Recognised npz(Path folder, String file) {
    OwnData.MedMnist own = new OwnData.MedMnist(file, ".", null, null, null, null);
    return new Recognised(
        new MedMnist(own),
        folder,
        own,
        file.substring(0, file.length() - NPZ.length()),
        file + " is a file of MedMNIST");
  }

  private static Recognised csv(Path folder, OwnData.Csv own) {
    return new Recognised(
        new CsvSet(own, null),
        folder,
        own,
        name(folder),
        "%s names images in column %s and classes in %s%s"
            .formatted(
                own.file(),
                own.imageColumn(),
                own.labelColumns().get(0),
                own.groupColumn() == null ? "" : ", patients in " + own.groupColumn()));
  }

  private MedtransException refused(String found) {
    return MedtransException.of(
        ErrorCode.DATASET_INVALID, "%s %s; %s".formatted(path, found, UNDERSTOOD));
  }

  private static boolean isNpz(Path file) {
    return name(file).endsWith(NPZ);
  }

  private static String name(Path path) {
    return path.getFileName() == null ? "data" : path.getFileName().toString();
  }

  private List<Path> entries(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(entry -> !FileNames.isHidden(entry)).sorted().toList();
    } catch (IOException e) {
      throw MedtransException.of(
          ErrorCode.DATASET_INVALID, "%s cannot be listed: %s".formatted(folder, e), e);
    }
  }
}
