package org.medtransformers.learning.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.medtransformers.learning.network.NamedArrays;

/**
 * A copy of a learner's state at one moment. The learner may go on while the copy is written: any
 * thread may write it, as plain bytes, but only the learner's thread makes and closes it.
 */
public final class LearnerSnapshot implements AutoCloseable {
  private final LearnerFiles.Progress progress;
  private final Map<String, NamedArrays.Copies> files = new LinkedHashMap<>();

  LearnerSnapshot(LearnerFiles.Progress progress) {
    this.progress = progress;
  }

  /** Copies {@code arrays}, to be written as {@code file}. */
  void add(String file, NamedArrays arrays) {
    files.put(file, arrays.copies());
  }

  /** Writes everything that {@link Learner#load} needs, into an existing folder. */
  public void write(Path folder) throws IOException {
    for (Map.Entry<String, NamedArrays.Copies> file : files.entrySet()) {
      LearnerFiles.write(folder.resolve(file.getKey()), file.getValue().tensors());
    }
    LearnerFiles.write(folder, progress);
  }

  /** About how much {@link #write} writes: the tensors. */
  public long bytes() {
    return files.values().stream()
        .flatMap(copies -> copies.tensors().values().stream())
        .mapToLong(tensor -> tensor.data().remaining())
        .sum();
  }

  /** Gives the memory back; nothing can be written any more. */
  @Override
  public void close() {
    files.values().forEach(NamedArrays.Copies::close);
    files.clear();
  }
}
