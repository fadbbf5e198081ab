package org.medtransformers.learning;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.tensor.Safetensors;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.schedule.Position;
import org.medtransformers.learning.schedule.Validation;

/** The files of a learner. */
public final class LearnerFiles {
  /** Weights and running statistics by the names of torchvision or timm. */
  public static final String MODEL = "model.safetensors";

  private static final String OPTIMIZER = "optimizer.safetensors";
  private static final String PROGRESS = "learner.json";

  private LearnerFiles() {}

  /** Where the training stands. */
  record Progress(Position position, Validation validation) {}

  /** The weights and running statistics in {@code folder}, see {@link Network#of}. */
  public static Map<String, Tensor> model(Path folder) throws IOException {
    return Safetensors.read(folder.resolve(MODEL)).tensors();
  }

  static Map<String, Tensor> optimizer(Path folder) throws IOException {
    return Safetensors.read(folder.resolve(OPTIMIZER)).tensors();
  }

  static Progress progress(Path folder) throws IOException {
    return Json.read(Files.readString(folder.resolve(PROGRESS)), Progress.class);
  }

  static void write(
      Path folder, Map<String, Tensor> model, Map<String, Tensor> optimizer, Progress progress)
      throws IOException {
    write(folder.resolve(MODEL), new Safetensors(model));
    write(folder.resolve(OPTIMIZER), new Safetensors(optimizer));
    Files.writeString(folder.resolve(PROGRESS), Json.pretty(progress));
  }

  private static void write(Path file, Safetensors tensors) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      tensors.write(channel);
    }
  }
}
