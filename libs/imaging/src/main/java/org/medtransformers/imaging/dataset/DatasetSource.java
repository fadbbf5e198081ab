package org.medtransformers.imaging.dataset;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Predicate;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/** A data set whose layout is known. */
public sealed interface DatasetSource permits Aptos2019, Isic2019, Ddsm {

  /** As in the experiment file; also the name of its folder. */
  String name();

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
      String name, Path location, RunConfig.Medtrans options, Predicate<Path> allowed) {
    DatasetSource source = of(name, options);
    return Division.apply(
        options.split(), source.list(DatasetFolder.open(location, source.name(), allowed)));
  }

  private static DatasetSource of(String name, RunConfig.Medtrans options) {
    String groupColumn = options.split() == null ? null : options.split().groupColumn();
    Map<String, DatasetSource> known =
        Map.of(
            "APTOS2019", new Aptos2019(groupColumn),
            "ISIC2019", new Isic2019(groupColumn),
            "DDSM", Ddsm.of(options.ddsm()));
    DatasetSource source = known.get(name);
    if (source == null) {
      throw MedtransException.of(
          ErrorCode.NOT_BUILT_YET, "data set " + name + " is not built yet: " + known.keySet());
    }
    return source;
  }
}
