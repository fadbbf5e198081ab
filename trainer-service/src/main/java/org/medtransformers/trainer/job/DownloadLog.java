package org.medtransformers.trainer.job;

import org.jboss.logging.Logger;

/** Tells of a download: Prometheus always, the log about every tenth of it. */
final class DownloadLog {
  private static final double MEGABYTE = 1e6;

  private final Logger log;
  private final TrainingMetrics metrics;
  private long tenthsTold;

  DownloadLog(Logger log, TrainingMetrics metrics) {
    this.log = log;
    this.metrics = metrics;
  }

  void at(String file, long done, long total) {
    metrics.downloaded(done);
    long tenths = total == 0 ? 0 : 10 * done / total;
    if (tenths > tenthsTold) {
      tenthsTold = tenths;
      log.infof("Downloading %s: %.1f of %.1f MB", file, done / MEGABYTE, total / MEGABYTE);
    }
  }
}
