package org.medtransformers.imaging.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.config.DdsmMode;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/**
 * DDSM, split by lists: whole mammograms, whose class is the first part of the file name (normal,
 * benign or cancer), or patches, whose class stands beside the name. With two classes, benign and
 * cancer are both the positive one. Where a list has one more column, or a name says so, the
 * patient is known.
 */
record Ddsm(DdsmMode mode, int classes) implements DatasetSource {
  private static final List<String> KINDS = List.of("normal", "benign", "cancer");

  private static final String PATCHES = "ddsm_patches/";

  static Ddsm of(RunConfig.Ddsm options) {
    if (options == null) {
      return new Ddsm(DdsmMode.WHOLE, 2);
    }
    if (options.classes() != 2 && options.classes() != 3) {
      throw MedtransException.of(
          ErrorCode.INVALID_REQUEST,
          "medtrans.ddsm.classes is %d, allowed are 2 and 3".formatted(options.classes()));
    }
    return new Ddsm(options.mode(), options.classes());
  }

  @Override
  public DatasetName name() {
    return DatasetName.DDSM;
  }

  @Override
  public DatasetListing list(DatasetFolder folder) {
    List<Path> files = new ArrayList<>();
    SplitSamples parts = new SplitSamples();
    String lists =
        switch (mode) {
          case WHOLE -> "ddsm_raw_image_lists/";
          case PATCHES -> "ddsm_labels/" + classes + "class/";
        };
    for (String part : List.of("train", "val", "test")) {
      Path file = folder.labelFile(lists + part + ".txt");
      parts.addPart(
          DdsmLine.read(file, mode).stream().map(line -> sample(folder, file, line)).toList());
      // With the lists before it: no image may be in two of them.
      Labels.requireDistinctIds(file, parts.samples());
      files.add(file);
    }
    if (parts.samples().isEmpty()) {
      throw Labels.invalid(files.get(0), "lists no image, nor do val.txt and test.txt");
    }
    DatasetListing listing = parts.listing(folder, description(folder), files);
    return listing.leakingGroups() == null ? listing : listing.noting(unknown(parts.samples()));
  }

  private static List<String> unknown(List<Sample> samples) {
    return Notices.some(
        "images whose patient is not known, each a group of its own",
        samples.stream().filter(s -> s.group().isEmpty()).map(Sample::id).toList());
  }

  private Sample sample(DatasetFolder folder, Path file, DdsmLine line) {
    return switch (mode) {
      case WHOLE -> {
        int label = label(file, line);
        yield new Sample(
            line.path(), folder.image("ddsm_raw/" + line.path()), label, line.patient());
      }
      case PATCHES -> patch(folder, file, line);
    };
  }

  /** Some lists put another folder's name before the path, which the reference takes off. */
  private Sample patch(DatasetFolder folder, Path file, DdsmLine line) {
    String path = line.path();
    if (path.isEmpty() || !line.label().matches("[0-" + (classes - 1) + "](\\.0*)?")) {
      throw line.outOfRange(
          file, line.label(), "0 to %d, behind a path and a space".formatted(classes - 1));
    }
    Path image = folder.image(PATCHES + path);
    int slash = path.indexOf('/');
    if (slash >= 0 && !Files.exists(image)) {
      Path shorter = folder.image(PATCHES + path.substring(slash + 1));
      image = Files.exists(shorter) ? shorter : image;
    }
    return new Sample(path, image, line.label().charAt(0) - '0', line.patient());
  }

  private int label(Path file, DdsmLine line) {
    String name = line.path().substring(line.path().lastIndexOf('/') + 1);
    int kind = KINDS.indexOf(name.split("_", 2)[0]);
    if (kind < 0 || !name.contains(".")) {
      throw line.outOfRange(file, name, "names like normal_*.png, benign_*, cancer_*");
    }
    return Math.min(kind, classes - 1);
  }

  private DatasetDescription description(DatasetFolder folder) {
    boolean binary = classes == 2;
    boolean patches = mode == DdsmMode.PATCHES;
    return new DatasetDescription(
        name().label(),
        binary ? List.of("normal", "benign or cancer") : KINDS,
        binary ? Task.BINARY : Task.MULTI_CLASS,
        1,
        List.of(patches ? 0.44 : 0.286),
        List.of(patches ? 0.25 : 0.267),
        // A ROC curve needs one logit; three classes are compared as ISIC's eight are.
        binary ? TargetMetric.ROC_AUC : TargetMetric.RECALL,
        folder.isSynthetic());
  }
}
