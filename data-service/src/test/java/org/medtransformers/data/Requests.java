package org.medtransformers.data;

import java.nio.file.Path;
import java.util.List;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.config.Transforms;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.event.DatasetEvent;
import org.medtransformers.contracts.loader.LoaderSpec;
import org.medtransformers.imaging.prepare.PrepareSpec;

/** What gateway and trainer would ask for. */
public final class Requests {
  private Requests() {}

  public static DatasetEvent.PrepareRequested prepare(String runId, Path location, int size) {
    PrepareSpec spec = spec(location, size);
    return new DatasetEvent.PrepareRequested(runId, spec.dataset(), spec.options(), false, null);
  }

  public static PrepareSpec spec(Path location, int size) {
    List<Transforms> views = List.of(resize(size));
    return new PrepareSpec(
        new RunConfig.DatasetParams(
            DatasetName.APTOS2019, location.toString(), views, views, views),
        Json.read(
            """
            {"method": "supervised", "split": {"kind": "seed-compatible"}, "on_bad_image": "fail",
             "ddsm": {"mode": "whole", "classes": 2}}
            """,
            RunConfig.Medtrans.class));
  }

  public static LoaderSpec loader(String preparedId, int batchSize) {
    Transforms augmented =
        Json.read(
            """
            {"RandomResizedCrop": {"apply": true, "size": 16, "scale": [0.8, 1.2]},
             "HorizontalFlip": {"apply": true, "p": 0.5},
             "Normalize": true}
            """,
            Transforms.class);
    return new LoaderSpec(preparedId, Split.TRAIN, List.of(augmented), batchSize, true, false, 3);
  }

  private static Transforms resize(int size) {
    return Json.read(
        "{\"Resize\": {\"apply\": true, \"height\": %d, \"width\": %d}}".formatted(size, size),
        Transforms.class);
  }
}
