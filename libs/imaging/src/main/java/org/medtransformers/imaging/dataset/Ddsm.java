package org.medtransformers.imaging.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.imaging.split.Splits;

/**
 * DDSM: whole mammograms, split by lists. The class is the first part of the file name: normal,
 * benign or cancer; with two classes, benign and cancer are both the positive one.
 */
record Ddsm(int classes) implements DatasetSource {
  private static final List<String> KINDS = List.of("normal", "benign", "cancer");

  static Ddsm of(RunConfig.Ddsm options) {
    if (options == null) {
      return new Ddsm(2);
    }
    if (!options.mode().equals("whole")) {
      throw MedtransException.of(
          ErrorCode.NOT_BUILT_YET,
          "medtrans.ddsm.mode %s is not built yet: whole".formatted(options.mode()));
    }
    if (options.classes() != 2 && options.classes() != 3) {
      throw MedtransException.of(
          ErrorCode.INVALID_REQUEST,
          "medtrans.ddsm.classes is %d, allowed are 2 and 3".formatted(options.classes()));
    }
    return new Ddsm(options.classes());
  }

  @Override
  public String name() {
    return "DDSM";
  }

  @Override
  public DatasetListing list(DatasetFolder folder) {
    List<Path> files = new ArrayList<>();
    List<Sample> samples = new ArrayList<>();
    List<List<Integer>> parts = new ArrayList<>();
    for (String part : List.of("train", "val", "test")) {
      Path file = folder.labelFile("ddsm_raw_image_lists/" + part + ".txt");
      int start = samples.size();
      for (String line : lines(file)) {
        samples.add(new Sample(line, folder.image("ddsm_raw/" + line), label(file, line), ""));
      }
      // With the lists before it: no image may be in two of them.
      Labels.requireDistinctIds(file, samples);
      files.add(file);
      parts.add(IntStream.range(start, samples.size()).boxed().toList());
    }
    if (samples.isEmpty()) {
      throw Labels.invalid(files.get(0), "lists no image, nor do val.txt and test.txt");
    }
    return new DatasetListing(
        description(folder),
        folder.root(),
        files,
        samples,
        new Splits(parts.get(0), parts.get(1), parts.get(2)));
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream()
          .map(line -> line.startsWith("\uFEFF") ? line.substring(1) : line)
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .toList();
    } catch (IOException e) {
      throw Labels.invalid(file, "cannot be read: " + e);
    }
  }

  private int label(Path file, String line) {
    String name = line.substring(line.lastIndexOf('/') + 1);
    int kind = KINDS.indexOf(name.split("_", 2)[0]);
    if (kind < 0 || !name.contains(".")) {
      throw Labels.outOfRange(file, line, name, "names like normal_*.png, benign_*, cancer_*");
    }
    return Math.min(kind, classes - 1);
  }

  private DatasetDescription description(DatasetFolder folder) {
    boolean binary = classes == 2;
    return new DatasetDescription(
        name(),
        binary ? List.of("normal", "benign or cancer") : KINDS,
        binary ? Task.BINARY : Task.MULTI_CLASS,
        1,
        List.of(0.286),
        List.of(0.267),
        // A ROC curve needs one logit; three classes are compared as ISIC's eight are.
        binary ? TargetMetric.ROC_AUC : TargetMetric.RECALL,
        folder.isSynthetic());
  }
}
