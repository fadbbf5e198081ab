package org.medtransformers.trainer.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.result.Collapse;
import org.medtransformers.learning.training.StepResult;
import org.medtransformers.plots.tensorboard.EventFile;
import org.medtransformers.trainer.loop.Measured;
import org.medtransformers.trainer.loop.Recorder;
import org.medtransformers.trainer.loop.TrainingPlan;
import org.medtransformers.trainer.loop.TrainingState;

/**
 * Also tells TensorBoard what {@code told} is told: the entries of the history, and validations.
 * Steps are iterations.
 */
record TensorBoardRecorder(Recorder told, TrainingPlan plan, TensorBoard board)
    implements Recorder {
  @Override
  public void learned(int images, Duration waited, Duration taken) {
    told.learned(images, waited, taken);
  }

  @Override
  public void progress(StepResult step, Speed speed) {
    told.progress(step, speed);
    if (plan.logsAfter(Math.toIntExact(step.iteration()))) {
      board.write(events -> write(step, speed, events));
    }
  }

  private static void write(StepResult step, Speed speed, EventFile events) throws IOException {
    long at = step.iteration();
    events.scalar("train/loss", at, speed.loss());
    events.scalar("train/learning_rate", at, step.lr());
    events.scalar("train/gradient_norm", at, step.gradientNorm());
    events.scalar("train/images_per_second", at, speed.imagesPerSecond());
    events.scalar("train/data_wait_share", at, speed.dataWaitShare());
    if (step.collapse().isPresent()) {
      Collapse collapse = step.collapse().get();
      events.scalar("train/embedding_std", at, collapse.embeddingStd());
      if (collapse.teacherEntropy() != null) {
        events.scalar("train/teacher_entropy", at, collapse.teacherEntropy());
      }
    }
  }

  @Override
  public void validated(int iteration, Measured found, boolean best) {
    told.validated(iteration, found, best);
    board.write(events -> write("val/", Json.tree(found.metrics()), iteration, events));
    if (found.knn() != null) {
      board.write(events -> write("val_knn/", Json.tree(found.knn()), iteration, events));
    }
  }

  /** Every number by its name, those of the positive class too; lists are left out. */
  private static void write(String prefix, JsonNode metrics, int iteration, EventFile events)
      throws IOException {
    for (var named : metrics.properties()) {
      JsonNode value = named.getValue();
      if (value.isObject()) {
        write(prefix + named.getKey() + "/", value, iteration, events);
      } else if (value.isNumber()) {
        events.scalar(prefix + named.getKey(), iteration, value.doubleValue());
      } else if (value.isTextual()) {
        // How JSON has numbers that are not finite.
        events.scalar(prefix + named.getKey(), iteration, Double.parseDouble(value.textValue()));
      }
    }
  }

  @Override
  public void checkpoint(TrainingState state) {
    told.checkpoint(state);
  }

  @Override
  public boolean writesCheckpoint() {
    return told.writesCheckpoint();
  }

  @Override
  public void awaitCheckpoint() {
    told.awaitCheckpoint();
  }
}
