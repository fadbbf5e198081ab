package org.medtransformers.cli.command;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.tensor.Safetensors;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.checkpoint.Checkpoint;
import org.medtransformers.learning.checkpoint.CheckpointStore;
import org.medtransformers.learning.training.LearnerFiles;

/** Checkpoints with a model in them, and what nobody reads but who goes on with its training. */
final class SavedModels {
  private SavedModels() {}

  static Checkpoint checkpoint(
      CheckpointStore store, long iteration, boolean best, Map<String, Tensor> weights)
      throws IOException {
    return store.save(1, iteration, Json.tree(Map.of()), best, folder -> write(folder, weights));
  }

  private static void write(Path folder, Map<String, Tensor> weights) throws IOException {
    Files.writeString(folder.resolve("optimizer.safetensors"), "none of a reader's business");
    try (FileChannel channel =
        FileChannel.open(
            folder.resolve(LearnerFiles.MODEL),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE)) {
      new Safetensors(weights).write(channel);
    }
  }
}
