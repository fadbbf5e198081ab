package org.medtransformers.imaging;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.config.Transforms;
import org.medtransformers.imaging.codec.ImageLimits;
import org.medtransformers.imaging.phantom.PhantomDataset;
import org.medtransformers.imaging.prepare.PrepareSpec;
import org.medtransformers.imaging.prepare.PreparedSet;
import org.medtransformers.imaging.prepare.PreparedStore;
import org.medtransformers.imaging.prepare.Preparer;

/** Small data sets and what a run's file would say of them. */
public final class TestSets {
  public static final Transforms RESIZE_20 =
      transforms("{\"Resize\": {\"apply\": true, \"height\": 20, \"width\": 24}}");
  public static final Transforms NONE = transforms("{}");

  private TestSets() {}

  /** A phantom of 30 images of 32 × 32 pixels: 21 train, 4 val, 5 test. */
  public static Path phantom(Path location) throws IOException {
    return phantom(location, 32);
  }

  /** The same of {@code size} × {@code size} pixels. */
  public static Path phantom(Path location, int size) throws IOException {
    new PhantomDataset(30, size, 1).write(location);
    return location;
  }

  public static Transforms transforms(String json) {
    return Json.read(json, Transforms.class);
  }

  public static PrepareSpec spec(DatasetName dataset, Path location, Transforms transforms) {
    return new PrepareSpec(
        new RunConfig.DatasetParams(
            dataset,
            location.toString(),
            List.of(transforms),
            List.of(transforms),
            List.of(transforms)),
        options("fail"));
  }

  public static PrepareSpec skipping(PrepareSpec spec) {
    return new PrepareSpec(spec.dataset(), options("skip"));
  }

  /** The options of a file in which {@code medtrans.split} has these keys and values. */
  public static RunConfig.Medtrans split(Object... keysAndValues) {
    ObjectNode options = Json.mapper().createObjectNode();
    ObjectNode split = options.putObject("split").put("kind", "seed-compatible");
    for (int i = 0; i < keysAndValues.length; i += 2) {
      split.set((String) keysAndValues[i], Json.tree(keysAndValues[i + 1]));
    }
    return Json.convert(options, RunConfig.Medtrans.class);
  }

  public static RunConfig.Medtrans options(String onBadImage) {
    return Json.read(
        """
        {"method": "supervised", "split": {"kind": "seed-compatible"}, "on_bad_image": "%s",
         "ddsm": {"mode": "whole", "classes": 2}}
        """
            .formatted(onBadImage),
        RunConfig.Medtrans.class);
  }

  /** Prepares and opens. */
  public static PreparedSet prepared(PrepareSpec spec, Path root) {
    Preparer preparer = new Preparer(root, ImageLimits.DEFAULT, 2, path -> false);
    String id = preparer.prepare(spec, (done, total) -> {}).id();
    return PreparedSet.open(new PreparedStore(root).folder(id));
  }

  /** Files and folders directly in {@code folder} that are not hidden locks. */
  public static List<String> entries(Path folder) throws IOException {
    try (var entries = Files.list(folder)) {
      return entries
          .map(p -> p.getFileName().toString())
          .filter(n -> !n.equals(".locks"))
          .sorted()
          .toList();
    }
  }
}
