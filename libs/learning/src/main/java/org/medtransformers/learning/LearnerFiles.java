package org.medtransformers.learning;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.result.RunManifest;
import org.medtransformers.contracts.tensor.MalformedSafetensorsException;
import org.medtransformers.contracts.tensor.Safetensors;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.schedule.Position;
import org.medtransformers.learning.schedule.Validation;

/** The files of a learner. */
public final class LearnerFiles {
  /** Weights and running statistics by the names of torchvision or timm. */
  public static final String MODEL = RunManifest.WEIGHTS;

  private static final String OPTIMIZER = "optimizer.safetensors";
  private static final String PROGRESS = "learner.json";

  private LearnerFiles() {}

  /** Where the training stands. */
  record Progress(Position position, Validation validation) {}

  /**
   * The weights and running statistics in {@code folder}, see {@link Network#of}.
   *
   * @throws MedtransException {@link ErrorCode#CHECKPOINT_UNREADABLE} if the file is malformed
   */
  public static Map<String, Tensor> model(Path folder) throws IOException {
    return tensors(folder.resolve(MODEL));
  }

  static Map<String, Tensor> optimizer(Path folder) throws IOException {
    return tensors(folder.resolve(OPTIMIZER));
  }

  static Progress progress(Path folder) throws IOException {
    Path file = folder.resolve(PROGRESS);
    try {
      return Json.read(Files.readString(file), Progress.class);
    } catch (UncheckedIOException e) {
      throw unreadable(file, e);
    }
  }

  private static Map<String, Tensor> tensors(Path file) throws IOException {
    try {
      return Safetensors.read(file).tensors();
    } catch (MalformedSafetensorsException e) {
      throw unreadable(file, e);
    }
  }

  private static MedtransException unreadable(Path file, RuntimeException e) {
    return MedtransException.of(ErrorCode.CHECKPOINT_UNREADABLE, file + ": " + e.getMessage(), e);
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
