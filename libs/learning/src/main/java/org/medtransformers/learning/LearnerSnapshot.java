package org.medtransformers.learning;

import ai.djl.ndarray.NDList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.medtransformers.contracts.tensor.Tensor;

/**
 * A copy of a learner's state at one moment. The learner may go on while the copy is written: any
 * thread may write it, as plain bytes, but only the learner's thread makes and closes it.
 */
public final class LearnerSnapshot implements AutoCloseable {
  private final Network network;
  private final LearnerFiles.Progress progress;
  private final Map<String, Map<String, Tensor>> files = new LinkedHashMap<>();
  private final List<NDList> memory = new ArrayList<>();

  /**
   * @param network whose kernels copy
   */
  LearnerSnapshot(Network network, LearnerFiles.Progress progress) {
    this.network = network;
    this.progress = progress;
  }

  /** Copies {@code arrays}, to be written as {@code file}. */
  void add(String file, List<String> names, NDList arrays) {
    NDList copies = network.copies(arrays);
    memory.add(copies);
    files.put(file, Network.view(names, copies));
  }

  /** Writes everything that {@link Learner#load} needs, into an existing folder. */
  public void write(Path folder) throws IOException {
    for (Map.Entry<String, Map<String, Tensor>> file : files.entrySet()) {
      LearnerFiles.write(folder.resolve(file.getKey()), file.getValue());
    }
    LearnerFiles.write(folder, progress);
  }

  /** Gives the memory back; nothing can be written any more. */
  @Override
  public void close() {
    files.clear();
    memory.forEach(NDList::close);
  }
}
