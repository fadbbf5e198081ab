package org.medtransformers.imaging.dataset;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.imaging.HeapShare;

/** A data set whose layout is known. */
public sealed interface DatasetSource
    permits Aptos2019, Isic2019, Ddsm, MedMnist, ImageFolderSet, DicomSet, CsvSet {

  DatasetName name();

  /** Its folder below {@code data_location}. */
  default String folder() {
    return name().label();
  }

  /**
   * Its folder, there to be read.
   *
   * @param allowed where links may lead besides {@code location}, told by a path without links
   */
  default DatasetFolder open(Path location, Predicate<Path> allowed, Downloads downloads) {
    return DatasetFolder.open(location, folder(), allowed);
  }

  /**
   * Reads the label files.
   *
   * @throws MedtransException naming file, line or id, and what is allowed
   */
  DatasetListing list(DatasetFolder folder);

  /**
   * Reads the data set that the experiment file names from its folder below {@code location}, and
   * divides it as the file asks.
   *
   * @param allowed where links may lead besides {@code location}, told by a path without links
   */
  static DatasetListing list(
      DatasetName name,
      Path location,
      RunConfig.Medtrans options,
      Predicate<Path> allowed,
      Downloads downloads) {
    DatasetSource source = of(name, options);
    DatasetFolder folder = source.open(location, allowed, downloads);
    DatasetListing listing = grouped(options.split(), folder, source.list(folder));
    listing.requireFew(HeapShare.ofThisProcess().images());
    if (listing.description().labelled()) {
      return Division.apply(options.split(), listing).trainedOn(options.supervised());
    }
    if (options.supervised()) {
      throw MedtransException.of(
          ErrorCode.DATASET_INVALID,
          "%s: the %d images have no labels, which medtrans.method supervised needs; allowed without"
                  .formatted(listing.root(), listing.samples().size())
              + " are dino, byol and simsiam, or one folder per class");
    }
    return listing;
  }

  /** Images without a label have patients, too. */
  static DatasetListing grouped(
      RunConfig.Split asked, DatasetFolder folder, DatasetListing listing) {
    return Grouping.apply(asked, folder, listing.whole()).apart(listing.samples().size());
  }

  private static DatasetSource of(DatasetName name, RunConfig.Medtrans options) {
    String groupColumn = options.split() == null ? null : options.split().groupColumn();
    return switch (name) {
      case APTOS2019 -> new Aptos2019(groupColumn);
      case ISIC2019 -> new Isic2019(groupColumn);
      case DDSM -> Ddsm.of(options.ddsm());
      case MED_MNIST -> new MedMnist(required("medmnist", options.medmnist()));
      case IMAGE_FOLDER -> new ImageFolderSet(options.imageFolder());
      case DICOM -> new DicomSet(required("dicom", options.dicom()), groupColumn);
      case CSV -> new CsvSet(required("csv", options.csv()), groupColumn);
    };
  }

  private static <T> T required(String key, T options) {
    return Optional.ofNullable(options)
        .orElseThrow(
            () -> MedtransException.of(ErrorCode.INVALID_REQUEST, "medtrans." + key + ": missing"));
  }
}
