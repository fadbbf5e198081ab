package org.medtransformers.contracts.metric;

import static org.medtransformers.contracts.metric.Exporter.DATA;
import static org.medtransformers.contracts.metric.Exporter.EVAL;
import static org.medtransformers.contracts.metric.Exporter.EVERY_SERVICE;
import static org.medtransformers.contracts.metric.Exporter.GATEWAY;
import static org.medtransformers.contracts.metric.Exporter.TRAINER;
import static org.medtransformers.contracts.metric.Exporter.WORKERS;
import static org.medtransformers.contracts.metric.Kind.COUNTER;
import static org.medtransformers.contracts.metric.Kind.GAUGE;
import static org.medtransformers.contracts.metric.Kind.HISTOGRAM;
import static org.medtransformers.contracts.metric.Kind.SUMMARY;

import java.util.List;
import java.util.Locale;

/**
 * Every metric of ours; there is no other way to have one. A unit is the one that Prometheus wants:
 * seconds, bytes, and none for ratios from 0 to 1 and for what is counted.
 *
 * <p>No label takes values without bound: what is labelled by run or experiment is there only while
 * it is of interest.
 */
public enum Metric {
  RUNS(GATEWAY, GAUGE, "medtrans.runs", "", "Runs, ever, by where they are", "state"),
  EXPERIMENT_RUNS(
      GATEWAY,
      GAUGE,
      "medtrans.experiment.runs",
      "",
      "Runs of the 50 newest experiments that run or ended in the last day",
      "experiment",
      "state"),
  EXPERIMENT_DEVICE_TIME(
      GATEWAY,
      GAUGE,
      "medtrans.experiment.device",
      "seconds",
      "How long trainers of these experiments were heard of; device is cpu or gpu",
      "experiment",
      "owner",
      "device"),
  RUN_INFO(
      GATEWAY,
      GAUGE,
      "medtrans.run.info",
      "",
      "1; what a run is, of the 200 newest that are at work or ended in the last hour",
      "run",
      "experiment",
      "experiment_id",
      "backbone",
      "dataset",
      "initialisation"),
  RUN_HEARD(
      GATEWAY,
      GAUGE,
      "medtrans.run.heard.timestamp",
      "seconds",
      "When the trainer of a run in training was last heard of, since 1970",
      "run",
      "experiment"),
  RUN_STATE_TIME(
      GATEWAY,
      HISTOGRAM,
      "medtrans.run.state.duration",
      "",
      "How long runs were in the state that they leave, waiting for a worker included",
      "state"),
  RUN_WAIT(
      GATEWAY,
      HISTOGRAM,
      "medtrans.run.wait",
      "",
      "How long runs whose data set was ready waited for a trainer"),
  RUN_TIME(
      GATEWAY,
      HISTOGRAM,
      "medtrans.run.duration",
      "",
      "How long runs took from their acceptance to their end",
      "outcome"),
  RUN_FAILURES(GATEWAY, COUNTER, "medtrans.run.failures", "", "Runs that have failed", "code"),
  RUN_EVENTS(
      GATEWAY,
      COUNTER,
      "medtrans.run.events",
      "",
      "Events about runs; ignored are those that come twice, too late or of an older attempt",
      "type",
      "outcome"),
  DISK_USED(
      GATEWAY,
      GAUGE,
      "medtrans.disk.used",
      "bytes",
      "Size of the files below the artifact root; kind is models, checkpoints (what trainings go on"
          + " with) or results of runs, datasets, weights, or stack",
      "kind"),
  CLEANED_BYTES(
      GATEWAY,
      COUNTER,
      "medtrans.cleaned",
      "bytes",
      "Freed since this replica began; kind is checkpoints or datasets",
      "kind"),
  CLEANED(
      GATEWAY,
      COUNTER,
      "medtrans.cleanups",
      "",
      "Removed since this replica began: runs' checkpoints, orphans of deleted runs, datasets, rows of progress",
      "kind"),
  DISK_FREE(
      GATEWAY, GAUGE, "medtrans.disk.free", "bytes", "Space left where the artifact root lies"),
  DISK_SIZE(GATEWAY, GAUGE, "medtrans.disk.size", "bytes", "Size of that file system"),

  JOBS_WAITING(
      WORKERS,
      GAUGE,
      "medtrans.jobs.waiting",
      "",
      "Jobs that nobody works on: new, given back, or of a worker that died",
      "kind"),
  JOBS_WITHOUT_ROOM(
      WORKERS,
      GAUGE,
      "medtrans.jobs.without.room",
      "",
      "Those of them that wait until there is room on the disk",
      "kind"),
  JOBS_RUNNING(
      WORKERS, GAUGE, "medtrans.jobs.running", "", "Jobs at work, on all replicas", "kind"),
  JOBS_OLDEST_WAITING(
      WORKERS,
      GAUGE,
      "medtrans.jobs.oldest.waiting",
      "seconds",
      "How long the oldest of the jobs that nobody works on has waited for somebody; 0 without any",
      "kind"),
  JOBS_HELD(WORKERS, GAUGE, "medtrans.jobs.held", "", "Jobs that this replica works on", "kind"),
  JOB_LEASE_RENEWALS(
      WORKERS, COUNTER, "medtrans.jobs.lease.renewals", "", "Leases prolonged", "kind"),
  JOB_LEASE_LOSSES(
      WORKERS,
      COUNTER,
      "medtrans.jobs.lease.losses",
      "",
      "Jobs that this replica had to leave to another one",
      "kind"),
  JOB_ATTEMPTS(
      WORKERS,
      COUNTER,
      "medtrans.jobs.attempts",
      "",
      "Attempts at jobs by how they ended: done, failed, cancelled or released",
      "kind",
      "outcome"),
  JOB_FAILURES(
      WORKERS,
      COUNTER,
      "medtrans.jobs.failures",
      "",
      "Attempts that failed; the job may be tried again",
      "kind",
      "code"),
  JOB_TIME(
      WORKERS,
      HISTOGRAM,
      "medtrans.jobs.duration",
      "",
      "How long an attempt at a job takes",
      "kind"),

  OUTBOX_DEPTH(
      EVERY_SERVICE, GAUGE, "medtrans.outbox.depth", "", "Events that are still to be sent"),
  OUTBOX_AGE(
      EVERY_SERVICE,
      GAUGE,
      "medtrans.outbox.oldest.age",
      "seconds",
      "Age of the oldest event that is still to be sent; 0 where there is none"),
  EVENTS_SENT(
      EVERY_SERVICE, COUNTER, "medtrans.events.sent", "", "Events that the broker has taken"),
  EVENTS_DROPPED(
      EVERY_SERVICE,
      COUNTER,
      "medtrans.events.dropped",
      "",
      "Events that were larger than a broker takes, and are lost"),
  EVENTS_RECEIVED(
      EVERY_SERVICE,
      COUNTER,
      "medtrans.events.received",
      "",
      "Records read, by what became of them: handled, duplicate, ignored or dead_letter",
      "topic",
      "outcome"),
  DEAD_LETTERS(
      EVERY_SERVICE,
      COUNTER,
      "medtrans.dead.letters",
      "",
      "Records that could not be handled and were put into the dead-letter topic"),
  DATABASE_REFUSES(
      EVERY_SERVICE,
      GAUGE,
      "medtrans.database.refuses",
      "",
      "1 while the database is away or refuses what is asked of it, else 0"),
  DATABASE_WAITS(
      EVERY_SERVICE,
      GAUGE,
      "medtrans.database.waits",
      "",
      "Records and ends of jobs that wait for the database to take them"),
  DEAD_LETTERS_WAITING(
      GATEWAY,
      GAUGE,
      "medtrans.dead.letters.waiting",
      "",
      "Dead letters of all services that nobody has replayed or dropped, by the record's topic",
      "topic"),
  DEAD_LETTERS_AGE(
      GATEWAY,
      GAUGE,
      "medtrans.dead.letters.oldest.age",
      "seconds",
      "How long the oldest of them has waited for somebody; 0 where there is none"),
  INBOX_EVENTS(
      EVERY_SERVICE,
      GAUGE,
      "medtrans.inbox.events",
      "",
      "Events remembered as handled, as the database estimates it"),

  BATCH_TIME(
      DATA,
      HISTOGRAM,
      "medtrans.batches",
      "",
      "How long a batch took to make, without the wait for its turn"),
  BATCHES_WAITING(
      DATA, GAUGE, "medtrans.batches.waiting", "", "Requests for a batch that wait their turn"),
  BATCHES_REFUSED(
      DATA, COUNTER, "medtrans.batches.refused", "", "Requests answered with 503: no room"),
  BATCHES_UNTAKEN(
      DATA,
      GAUGE,
      "medtrans.batches.untaken",
      "bytes",
      "Of batches that are made and that their readers have not taken yet"),
  BATCHES_CUT_OFF(
      DATA,
      COUNTER,
      "medtrans.batches.cut.off",
      "",
      "Readers slower than the least rate that lost their place to others"),
  BATCHES_SENT(DATA, COUNTER, "medtrans.batches.sent", "bytes", "Of batches sent"),
  LOADERS(
      DATA,
      COUNTER,
      "medtrans.loaders.asked",
      "",
      "Loaders asked for, by whether they were open (hit) or had to be opened (miss)",
      "outcome"),
  SETS_PREPARED(
      DATA,
      COUNTER,
      "medtrans.sets.prepared",
      "",
      "Data sets asked for, by whether they were there (found) or not (made)",
      "outcome"),
  IMAGES_DECODED(DATA, COUNTER, "medtrans.images.decoded", "", "Images decoded while preparing"),

  TRAINING_ITERATION(
      TRAINER, GAUGE, "medtrans.training.iteration", "", "Iterations done", "run", "experiment"),
  TRAINING_ITERATIONS(
      TRAINER,
      GAUGE,
      "medtrans.training.iterations",
      "",
      "Iterations of the whole training",
      "run",
      "experiment"),
  TRAINING_LOSS(
      TRAINER,
      GAUGE,
      "medtrans.training.loss",
      "",
      "Mean training loss since the last entry of the history",
      "run",
      "experiment"),
  TRAINING_LEARNING_RATE(
      TRAINER,
      GAUGE,
      "medtrans.training.learning.rate",
      "",
      "Learning rate of the last iteration",
      "run",
      "experiment"),
  TRAINING_GRADIENT_NORM(
      TRAINER,
      GAUGE,
      "medtrans.training.gradient.norm",
      "",
      "Norm of the last iteration's gradient, before clipping",
      "run",
      "experiment"),
  TRAINING_VALIDATION(
      TRAINER,
      GAUGE,
      "medtrans.training.validation.metric",
      "",
      "What the data set is judged by, on the validation split; metric says what it is",
      "run",
      "experiment",
      "metric"),
  TRAINING_SPEED(
      TRAINER,
      GAUGE,
      "medtrans.training.images.per.second",
      "",
      "Images learned from per second",
      "run",
      "experiment"),
  TRAINING_LEFT(
      TRAINER,
      GAUGE,
      "medtrans.training.left",
      "seconds",
      "Estimate for the rest of the training",
      "run",
      "experiment"),
  TRAINING_WAIT_SHARE(
      TRAINER,
      GAUGE,
      "medtrans.training.data.wait.share",
      "",
      "Share of the time spent waiting for batches",
      "run",
      "experiment"),
  TRAINING_TEACHER_ENTROPY(
      TRAINER,
      GAUGE,
      "medtrans.training.teacher.entropy",
      "",
      "Mean entropy in nats of DINO's teacher",
      "run",
      "experiment"),
  TRAINING_EMBEDDING_STD(
      TRAINER,
      GAUGE,
      "medtrans.training.embedding.std",
      "",
      "Standard deviation of normalised embeddings over a batch, without labels; 0: all the same",
      "run",
      "experiment"),
  TRAINING_COLLAPSED(
      TRAINER,
      GAUGE,
      "medtrans.training.collapsed",
      "",
      "1 where a training without labels looks collapsed, else 0",
      "run",
      "experiment"),
  TRAINING_HEARTBEAT(
      TRAINER,
      GAUGE,
      "medtrans.training.heartbeat.timestamp",
      "seconds",
      "When the training last got further, by an iteration or a batch of a validation, since 1970",
      "run",
      "experiment"),
  TRAINING_CHECKPOINT(
      TRAINER,
      GAUGE,
      "medtrans.training.checkpoint.timestamp",
      "seconds",
      "When the last checkpoint was complete, or this attempt began, since 1970",
      "run",
      "experiment"),
  TRAINING_DOWNLOADED(
      TRAINER,
      GAUGE,
      "medtrans.training.weights.downloaded",
      "bytes",
      "Of the weights to start from that have come",
      "run",
      "experiment"),
  TRAINING_STEP(
      TRAINER,
      SUMMARY,
      "medtrans.training.step",
      "",
      "How long a step takes, without the wait for its batch"),
  TRAINING_CHECKPOINT_TIME(
      TRAINER,
      SUMMARY,
      "medtrans.training.checkpoint",
      "",
      "How long writing a checkpoint takes, beside the training"),
  TRAINING_CHECKPOINT_COPY(
      TRAINER,
      SUMMARY,
      "medtrans.training.checkpoint.copy",
      "",
      "How long a training stands still for a checkpoint"),

  EVALUATION_BATCH(
      EVAL, SUMMARY, "medtrans.evaluation.batch", "", "How long the network takes for a batch"),
  EVALUATION_WAIT(
      EVAL,
      SUMMARY,
      "medtrans.evaluation.data.wait",
      "",
      "How long an evaluation waited for its batches"),
  EVALUATION_IMAGES(EVAL, COUNTER, "medtrans.evaluation.images", "", "Images evaluated");

  private final Exporter exporter;
  private final Kind kind;
  private final String meter;
  private final String unit;
  private final String help;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> labels;

  Metric(Exporter exporter, Kind kind, String meter, String unit, String help, String... labels) {
    this.exporter = exporter;
    this.kind = kind;
    this.meter = meter;
    this.unit = unit;
    this.help = help;
    this.labels = List.of(labels);
  }

  public Exporter exporter() {
    return exporter;
  }

  public Kind kind() {
    return kind;
  }

  /** The name by which Micrometer knows it. */
  public String meter() {
    return meter;
  }

  /** {@code seconds}, {@code bytes}, or empty; what is timed is in seconds anyway. */
  public String unit() {
    return unit;
  }

  public String help() {
    return help;
  }

  /** Besides those that every metric has. */
  public List<String> labels() {
    return labels;
  }

  /** The name by which Prometheus knows its family. */
  public String family() {
    String base = meter.replace('.', '_').toLowerCase(Locale.ROOT);
    return base + (unit.isEmpty() ? "" : "_" + unit) + kind.suffix();
  }

  /** The names of its series, as queries have them. */
  public List<String> series() {
    return kind.series().stream().map(ending -> family() + ending).toList();
  }
}
