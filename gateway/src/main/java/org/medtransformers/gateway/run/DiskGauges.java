package org.medtransformers.gateway.run;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.medtransformers.contracts.metric.Metric;
import org.medtransformers.files.Disk;
import org.medtransformers.files.FolderSize;
import org.medtransformers.files.RunManifest;
import org.medtransformers.service.metric.Meters;
import org.medtransformers.service.metric.Rows;
import org.medtransformers.service.path.Artifacts;

/**
 * What lies below the artifact root, and what is left. Runs and prepared data sets are few large
 * files, so that asking each for its size is cheap; their contents are not read.
 */
@Singleton
final class DiskGauges {
  private static final Logger LOG = Logger.getLogger(DiskGauges.class);
  private static final String RUNS = "runs";

  /** The other folders below the root, each a kind of its own. */
  private static final List<String> FOLDERS = List.of("datasets", "weights", "stack");

  private record Space(double free, double size) {}

  private final Path root;
  private final Rows used;
  private final DiskUses uses;
  private final Clock clock;
  private volatile Space space = new Space(Double.NaN, Double.NaN);

  DiskGauges(Artifacts artifacts, Meters meters, DiskUses uses, Clock clock) {
    this.root = artifacts.root();
    this.uses = uses;
    this.clock = clock;
    this.used = meters.rows(Metric.DISK_USED);
    meters.gauge(Metric.DISK_FREE, () -> space.free());
    meters.gauge(Metric.DISK_SIZE, () -> space.size());
  }

  @Scheduled(
      every = "${medtrans.gateway.disk-every}", // GatewayConfig.diskEvery
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
      skipExecutionIf = Scheduled.ApplicationNotRunning.class)
  void measure() {
    try {
      FileStore disk = Files.getFileStore(Disk.present(root));
      space = new Space(disk.getUsableSpace(), disk.getTotalSpace());
      Map<String, Long> sizes = sizes(root);
      Map<List<String>, Long> rows = new HashMap<>();
      sizes.forEach((kind, bytes) -> rows.put(List.of(kind), bytes));
      used.set(rows);
      uses.measured(
          new DiskUse(sizes, disk.getUsableSpace(), disk.getTotalSpace(), clock.instant()));
    } catch (IOException e) {
      LOG.debugf("Cannot measure %s: %s", root, e);
    }
  }

  /** Bytes below {@code root} by kind. */
  static Map<String, Long> sizes(Path root) throws IOException {
    Map<String, Long> sizes = new HashMap<>(Map.of("models", 0L, "checkpoints", 0L, "results", 0L));
    Path runs = root.resolve(RUNS);
    FolderSize.each(runs, (file, bytes) -> sizes.merge(kind(runs, file), bytes, Long::sum));
    for (String folder : FOLDERS) {
      sizes.put(folder, FolderSize.of(root.resolve(folder)));
    }
    return sizes;
  }

  /** Of a file of a run: the weights of a checkpoint, its other files, and all else. */
  private static String kind(Path runs, Path file) {
    Path inRun = runs.relativize(file);
    boolean ofCheckpoint = inRun.getNameCount() > 3 && inRun.getName(1).endsWith("checkpoints");
    if (!ofCheckpoint) {
      return "results";
    }
    return file.endsWith(RunManifest.WEIGHTS) ? "models" : "checkpoints";
  }
}
