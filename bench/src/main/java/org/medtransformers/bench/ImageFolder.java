package org.medtransformers.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.imaging.codec.ImageLimits;
import org.medtransformers.imaging.dataset.DatasetListing;
import org.medtransformers.imaging.dataset.Sample;
import org.medtransformers.imaging.prepare.PrepareSpec;
import org.medtransformers.imaging.prepare.PreparedSet;
import org.medtransformers.imaging.prepare.PreparedStore;
import org.medtransformers.imaging.prepare.Preparer;
import org.medtransformers.imaging.split.Splits;

/**
 * The images directly in a folder, without labels.
 *
 * @param folder itself, not a link to it
 * @param files PNG and JPEG, in the order of their names
 */
record ImageFolder(Path folder, List<Path> files) {
  /** As the peers normalise. */
  private static final List<Double> MEAN = List.of(0.415, 0.221, 0.073);

  private static final List<Double> STD = List.of(0.275, 0.150, 0.081);

  /** Throws {@link ErrorCode#INVALID_REQUEST} where there is no such folder or no image in it. */
  static ImageFolder of(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw MedtransException.of(ErrorCode.INVALID_REQUEST, folder + " is no folder");
    }
    try {
      Path real = folder.toRealPath();
      List<Path> files = images(real);
      if (files.isEmpty()) {
        throw MedtransException.of(
            ErrorCode.INVALID_REQUEST, folder + " has no file whose name ends in .png or .jpg");
      }
      return new ImageFolder(real, files);
    } catch (IOException e) {
      throw MedtransException.of(
          ErrorCode.INVALID_REQUEST, folder + " cannot be listed: " + e.getMessage(), e);
    }
  }

  private static List<Path> images(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(ImageFolder::isImage).sorted().toList();
    }
  }

  private static boolean isImage(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".png") || name.endsWith(".jpg");
  }

  /**
   * These images, prepared for a pipeline.
   *
   * @param root of prepared sets
   */
  PreparedSet prepared(Path root, Pipeline pipeline, int threads) {
    RunConfig.Medtrans options =
        Json.read(
            """
            {"method": "supervised", "on_bad_image": "fail"}\
            """,
            RunConfig.Medtrans.class);
    RunConfig.DatasetParams dataset =
        new RunConfig.DatasetParams(
            DatasetName.IMAGE_FOLDER, folder.toString(), pipeline.views(), List.of(), List.of());
    String id =
        new Preparer(root, ImageLimits.DEFAULT, threads, path -> true)
            .prepare(new PrepareSpec(dataset, options), listing(), (done, total) -> {})
            .id();
    return PreparedSet.open(new PreparedStore(root).folder(id));
  }

  /** A data set of these images, colour, all of them for training and of one class. */
  DatasetListing listing() {
    DatasetDescription description =
        new DatasetDescription(
            "images",
            List.of("any"),
            Task.MULTI_CLASS,
            MEAN.size(),
            MEAN,
            STD,
            TargetMetric.RECALL,
            false);
    List<Sample> samples =
        files.stream().map(f -> new Sample(f.getFileName().toString(), f, 0, "")).toList();
    List<Integer> all = IntStream.range(0, samples.size()).boxed().toList();
    return new DatasetListing(
        description, folder, List.of(), samples, new Splits(all, List.of(), List.of()));
  }
}
