package org.medtransformers.learning.training;

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
import org.medtransformers.contracts.tensor.MalformedSafetensorsException;
import org.medtransformers.contracts.tensor.Safetensors;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.files.RunManifest;
import org.medtransformers.learning.network.Network;
import org.medtransformers.learning.optimizer.LossScale;
import org.medtransformers.learning.schedule.Position;
import org.medtransformers.learning.schedule.Validation;

/** The files of a learner. */
public final class LearnerFiles {
  /**
   * Weights and running statistics of the model to evaluate, by the names of torchvision or timm.
   */
  public static final String MODEL = RunManifest.WEIGHTS;

  /** The same of the model that learns, where {@link #MODEL} is its moving average or teacher. */
  static final String UNAVERAGED = "unaveraged.safetensors";

  /** The same of a target, where {@link #MODEL} is the model that learns. */
  static final String TARGET = "target.safetensors";

  /** What a method remembers besides its networks, such as a centre. */
  static final String MEMORY = "memory.safetensors";

  static final String OPTIMIZER = "optimizer.safetensors";

  /** Gradients gathered for the next update; there only in the middle of a group of batches. */
  static final String GRADIENTS = "gradients.safetensors";

  private static final String PROGRESS = "learner.json";

  private LearnerFiles() {}

  /**
   * Where the training stands.
   *
   * @param iteration batches learned from
   * @param position in the schedule, which counts updates
   */
  record Progress(long iteration, Position position, Validation validation, LossScale lossScale) {
    /** Files of before these fields were written after one update per batch, its loss unscaled. */
    Progress {
      iteration = Math.max(iteration, position.iteration());
      lossScale = lossScale == null ? LossScale.OFF : lossScale;
    }
  }

  /**
   * The weights and running statistics in {@code folder}, see {@link Network#of}.
   *
   * @throws MedtransException {@link ErrorCode#CHECKPOINT_UNREADABLE} if the file is malformed
   */
  public static Map<String, Tensor> model(Path folder) throws IOException {
    return read(folder.resolve(MODEL));
  }

  static Progress progress(Path folder) throws IOException {
    Path file = folder.resolve(PROGRESS);
    try {
      return Json.read(Files.readString(file), Progress.class);
    } catch (UncheckedIOException e) {
      throw unreadable(file, e);
    }
  }

  static Map<String, Tensor> read(Path file) throws IOException {
    try {
      return Safetensors.read(file).tensors();
    } catch (MalformedSafetensorsException e) {
      throw unreadable(file, e);
    }
  }

  private static MedtransException unreadable(Path file, RuntimeException e) {
    return MedtransException.of(ErrorCode.CHECKPOINT_UNREADABLE, file + ": " + e.getMessage(), e);
  }

  static void write(Path folder, Progress progress) throws IOException {
    Files.writeString(folder.resolve(PROGRESS), Json.pretty(progress));
  }

  static void write(Path file, Map<String, Tensor> tensors) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      new Safetensors(tensors).write(channel);
    }
  }
}
