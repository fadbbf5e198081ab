package org.medtransformers.gateway.run;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.medtransformers.contracts.metric.Metric;
import org.medtransformers.files.Disk;
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
  private static final List<String> KINDS = List.of("runs", "datasets", "weights");

  private record Space(double free, double size) {}

  private final Path root;
  private final Rows used;
  private volatile Space space = new Space(Double.NaN, Double.NaN);

  DiskGauges(Artifacts artifacts, Meters meters) {
    this.root = artifacts.root();
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
      Map<List<String>, Long> sizes = new HashMap<>();
      for (String kind : KINDS) {
        sizes.put(List.of(kind), size(root.resolve(kind)));
      }
      used.set(sizes);
    } catch (IOException e) {
      LOG.debugf("Cannot measure %s: %s", root, e);
    }
  }

  /** Of all files below {@code folder}; what vanishes meanwhile, or is not there, is nothing. */
  static long size(Path folder) throws IOException {
    Sum sum = new Sum();
    Files.walkFileTree(folder, sum);
    return sum.bytes;
  }

  /** Goes on whatever cannot be read. */
  static final class Sum extends SimpleFileVisitor<Path> {
    private long bytes;

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      bytes += attributes.size();
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException gone) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException goneMeanwhile) {
      return FileVisitResult.CONTINUE;
    }
  }
}
