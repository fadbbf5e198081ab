package org.medtransformers.imaging.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.config.DdsmMode;
import org.medtransformers.contracts.config.OwnData;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/** Recognises data sets by what is in a folder, where no experiment file names them. */
public final class Layouts {
  private static final int CLASSES_OF_PATCHES = 2;

  private Layouts() {}

  /** A data set that was recognised, and its folder. */
  private record Known(DatasetSource source, Path folder) {}

  /**
   * The data sets in {@code folder}, divided as they are where no file says how, images without
   * labels among those to train on: itself, where it has the label files of a known layout or an
   * npz file of MedMNIST; else its folders that have; else itself as an {@code ImageFolder}.
   *
   * @throws MedtransException where it is no folder, or is not as its layout says
   */
  public static List<DatasetListing> in(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw MedtransException.of(ErrorCode.INVALID_REQUEST, folder + " is no folder");
    }
    List<Known> known = new ArrayList<>(at(folder));
    if (known.isEmpty()) {
      entries(folder).stream()
          .filter(Files::isDirectory)
          .forEach(below -> known.addAll(named(below)));
    }
    if (known.isEmpty()) {
      known.add(new Known(new ImageFolderSet(null), folder));
    }
    return known.stream().map(Layouts::listing).toList();
  }

  private static DatasetListing listing(Known known) {
    DatasetFolder folder = DatasetFolder.open(known.folder(), ".", link -> true);
    return DatasetSource.grouped(null, folder, known.source().list(folder)).trainedOn(false);
  }

  private static List<Known> named(Path folder) {
    return folder.getFileName().toString().equals(DatasetName.IMAGE_FOLDER.label())
        ? List.of(new Known(new ImageFolderSet(null), folder))
        : at(folder);
  }

  /** Those whose label files are in {@code folder} itself. */
  private static List<Known> at(Path folder) {
    return published(folder)
        .map(source -> List.of(new Known(source, folder)))
        .orElseGet(() -> npz(folder));
  }

  /** The published data set whose label files are in {@code folder} itself. */
  static Optional<DatasetSource> published(Path folder) {
    return Stream.<Optional<DatasetSource>>of(
            where(folder, "train_images", new Aptos2019(null))
                .filter(s -> Files.exists(folder.resolve("train.csv"))),
            where(folder, "ISIC_2019_Training_GroundTruth.csv", new Isic2019(null)),
            where(folder, "ddsm_raw_image_lists", Ddsm.of(null)),
            where(folder, "ddsm_labels", new Ddsm(DdsmMode.PATCHES, CLASSES_OF_PATCHES)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<DatasetSource> where(Path folder, String has, DatasetSource source) {
    return Optional.of(source).filter(s -> Files.exists(folder.resolve(has)));
  }

  private static List<Known> npz(Path folder) {
    return entries(folder).stream()
        .map(file -> file.getFileName().toString())
        .filter(name -> name.endsWith(".npz"))
        .map(name -> new MedMnist(new OwnData.MedMnist(name, ".", null, null, null, null)))
        .map(source -> new Known(source, folder))
        .toList();
  }

  private static List<Path> entries(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    } catch (IOException e) {
      throw Labels.invalidFolder(folder, "cannot be listed: " + e);
    }
  }
}
