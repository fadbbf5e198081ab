package org.medtransformers.trainer.job;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.plots.tensorboard.EventFile;
import org.medtransformers.service.job.Job;
import org.medtransformers.trainer.loop.TrainingState;

/**
 * The event file of one attempt at a run. Nothing depends on it: the first failure to write, such
 * as a full disk, is a notice and the end of the file, and the training goes on.
 */
final class TensorBoard implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(TensorBoard.class);
  private static final String FOLDER = "tensorboard";

  /** Null where none is wanted, and after a failure. */
  private EventFile events;

  private final Consumer<String> notices;

  /** Writes into {@code events}; nothing where that is null. Tells {@code notices} of a failure. */
  TensorBoard(EventFile events, Consumer<String> notices) {
    this.events = events;
    this.notices = notices;
  }

  /** Something to write. */
  interface Entry {
    void write(EventFile events) throws IOException;
  }

  /**
   * Begins the file, with the run's file in it; nothing is ever written where the run does not want
   * one.
   *
   * @param start where the attempt begins; what earlier attempts said of later iterations is void
   */
  static TensorBoard open(
      Path runFolder,
      Job job,
      RunConfig config,
      TrainingState start,
      Consumer<String> notices,
      Clock clock) {
    if (!config.training().tensorboard()) {
      return new TensorBoard(null, notices);
    }
    try {
      TensorBoard board =
          new TensorBoard(
              EventFile.create(
                  runFolder.resolve(FOLDER),
                  String.format(Locale.ROOT, "%05d", job.attempt()),
                  start.equals(TrainingState.START) ? 0 : start.iteration() + 1L,
                  clock),
              notices);
      String text = "```json\n" + Json.pretty(config) + "\n```";
      board.write(events -> events.text("run", 0, text));
      board.write(events -> events.text("run/project_name", 0, config.projectName()));
      board.write(events -> events.text("run/run_name", 0, config.runName()));
      return board;
    } catch (IOException e) {
      notices.accept(
          "training_params.use_tensorboard: no event file of run %s: %s".formatted(job.runId(), e));
      return new TensorBoard(null, notices);
    }
  }

  /** A PNG file that somebody else draws. */
  interface Picture {
    byte[] draw() throws InterruptedException;
  }

  /** What augmentation makes of training images, once, where a run begins. */
  void samples(TrainingState start, Picture picture) throws InterruptedException {
    if (events == null || !start.equals(TrainingState.START)) {
      return;
    }
    try {
      byte[] png = picture.draw();
      write(file -> file.image("samples/training", 0, png));
    } catch (MedtransException e) {
      notices.accept(
          "training_params.use_tensorboard: no picture of augmented training images: "
              + e.getMessage());
    }
  }

  /** Writes {@code entry} through to the file. */
  void write(Entry entry) {
    if (events == null) {
      return;
    }
    try {
      entry.write(events);
      events.flush();
    } catch (IOException e) {
      notices.accept(
          "training_params.use_tensorboard: the event file %s is not complete: %s"
              .formatted(events.path(), e));
      close();
    }
  }

  @Override
  public void close() {
    if (events == null) {
      return;
    }
    try {
      events.close();
    } catch (IOException e) {
      LOG.debugf("Closing the event file: %s", e);
    } finally {
      events = null;
    }
  }
}
