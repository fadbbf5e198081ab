package org.medtransformers.imaging.dataset;

import java.nio.file.Path;
import java.util.function.Predicate;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.config.OwnData;

/**
 * A data set that was recognised by what is on the disk, and how an experiment file would name it.
 *
 * @param location for {@code data_location}
 * @param own for the key of its kind below {@code medtrans}; null where the kind has none
 * @param rule by which it was told
 */
public record Recognised(
    DatasetSource source, Path location, OwnData own, String title, String rule) {

  public DatasetName name() {
    return source.name();
  }

  /**
   * Its images, divided as they are where no file says how.
   *
   * @param allowed where links may lead besides {@link #location}, told by a path without links
   */
  public DatasetListing list(Predicate<Path> allowed) {
    DatasetFolder folder = DatasetFolder.open(location, source.folder(), allowed);
    return DatasetSource.grouped(null, folder, source.list(folder)).trainedOn(true);
  }
}
