package org.medtransformers.trainer.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.cost.Machine;
import org.medtransformers.contracts.cost.TrainingCost;
import org.medtransformers.files.WholeFile;
import org.medtransformers.learning.cost.PaceMeter;
import org.medtransformers.learning.cost.ResourceMeter;

/**
 * What the attempts at a run take, each in a file of its own: {@code costs/<attempt>.json}. It is
 * kept up to date while the attempt goes on, so that one that is killed is known but for its last
 * seconds, and the work that is done again counts.
 */
final class CostLedger implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(CostLedger.class);
  private static final Duration WRITTEN_EVERY = Duration.ofSeconds(10);
  private static final String FOLDER = "costs";
  private static final String ENDING = ".json";

  private final Path folder;
  private final int attempt;
  private final Machine machine;
  private final int iterationsPerEpoch;
  private final LongSupplier nanoTime;
  private final long begun;
  private final PaceMeter pace = new PaceMeter();
  private final ResourceMeter resources;
  private long written;

  /**
   * The attempt begins.
   *
   * @param runFolder the run's folder of artifacts
   * @param resources is closed with this
   * @param nanoTime a clock of nanoseconds, as {@link System#nanoTime}
   */
  CostLedger(
      Path runFolder,
      int attempt,
      Machine machine,
      int iterationsPerEpoch,
      ResourceMeter resources,
      LongSupplier nanoTime) {
    this.folder = runFolder.resolve(FOLDER);
    this.attempt = attempt;
    this.machine = machine;
    this.iterationsPerEpoch = iterationsPerEpoch;
    this.resources = resources;
    this.nanoTime = nanoTime;
    this.begun = nanoTime.getAsLong();
    write();
  }

  /** Notes one iteration, see {@link PaceMeter#add}. */
  void add(int images, Duration waited, Duration taken) {
    pace.add(images, waited, taken);
    if (nanoTime.getAsLong() - written >= WRITTEN_EVERY.toNanos()) {
      write();
    }
  }

  /** Of this attempt so far. */
  private TrainingCost cost() {
    return new TrainingCost(
        machine,
        1,
        pace.batches(),
        iterationsPerEpoch,
        Duration.ofNanos(nanoTime.getAsLong() - begun).toMillis() / 1e3,
        pace.pace(),
        resources.read());
  }

  /**
   * Of this attempt and those before, by kind of machine; empty where those before are not known,
   * because a part would look like the whole.
   */
  List<TrainingCost> all() {
    write();
    try {
      Map<Integer, TrainingCost> attempts = read();
      attempts.put(attempt, cost());
      return TrainingCost.byMachine(new ArrayList<>(attempts.values()));
    } catch (IOException | UncheckedIOException | NumberFormatException e) {
      LOG.warnf("What the run has taken is not known: %s", e);
      return List.of();
    }
  }

  private Map<Integer, TrainingCost> read() throws IOException {
    Map<Integer, TrainingCost> attempts = new TreeMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "[0-9]*" + ENDING)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        attempts.put(
            Integer.parseInt(name.substring(0, name.length() - ENDING.length())),
            Json.read(Files.readString(file), TrainingCost.class));
      }
    }
    return attempts;
  }

  private void write() {
    written = nanoTime.getAsLong();
    try {
      Files.createDirectories(folder);
      WholeFile.write(folder.resolve(attempt + ENDING), Json.pretty(cost()));
    } catch (IOException e) {
      // A full disk holds the training up at a checkpoint, and not here.
      LOG.warnf("Cannot note what the run takes: %s", e);
    }
  }

  /** The attempt has ended. */
  @Override
  public void close() {
    write();
    resources.close();
  }
}
