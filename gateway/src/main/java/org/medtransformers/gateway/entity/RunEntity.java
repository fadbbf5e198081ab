package org.medtransformers.gateway.entity;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.hibernate.orm.panache.PanacheQuery;
import io.quarkus.panache.common.Page;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.stream.Stream;
import org.medtransformers.contracts.config.RunFile;
import org.medtransformers.contracts.cost.RunCosts;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.data.StartingPoint;
import org.medtransformers.contracts.error.ErrorInfo;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.contracts.result.Metrics;
import org.medtransformers.contracts.result.Phase;
import org.medtransformers.contracts.result.RunProgress;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.gateway.lifecycle.RunOutcome;
import org.medtransformers.gateway.lifecycle.RunStatus;
import org.medtransformers.gateway.lifecycle.TrainedModel;
import org.medtransformers.gateway.lifecycle.Watermark;

/** One run of an experiment. */
@Entity
@Table(name = "run")
public class RunEntity extends PanacheEntityBase {
  private static final String MODEL =
      "r.checkpoint is not null and r.testedModel is null and r.state = 'SUCCEEDED'";

  @Id public UUID id;

  @Column(name = "experiment_id")
  public UUID experimentId;

  /** In the expanded experiment, from 0. */
  public int position;

  /** What kind of data set it is, by its name in the experiment file. */
  public String dataset;

  public String backbone;
  public String initialisation;

  @Convert(converter = JsonText.Texts.class)
  public List<String> labels;

  public int repetition;
  public long seed;

  /** What a search tries with this run; null where none is searched. */
  @Column(name = "learning_rate")
  public Double learningRate;

  /** Which of the trainings that follow each other it is, from 1. */
  public int phase;

  @Column(name = "last_phase")
  public boolean lastPhase;

  @Column(name = "model_name")
  public String modelName;

  /** Text of {@link #file()}. */
  private String config;

  @Column(name = "config_sha256")
  private String configSha256;

  /**
   * The run whose model is evaluated, or begun with; null where there is none. Of a later phase the
   * run of the one before, from the beginning on.
   */
  @Column(name = "source_run_id")
  public UUID sourceRunId;

  /** Null for first weights, where nothing is trained, and until the phase before has succeeded. */
  @Column(name = "starting_point")
  @Convert(converter = JsonText.Start.class)
  public StartingPoint start;

  @Column(name = "tested_model")
  @Convert(converter = JsonText.Model.class)
  public TrainedModel testedModel;

  @Enumerated(EnumType.STRING)
  public RunState state;

  @Column(name = "cancel_requested")
  public boolean cancelRequested;

  /** What attempts count on from; 0 where the run was never resumed. */
  @Column(name = "attempts_after")
  public int attemptsAfter;

  public int attempt;
  public int step;
  public int validated;
  public int checkpointed;

  @Convert(converter = JsonText.Progress.class)
  public RunProgress progress;

  @Convert(converter = JsonText.Prepared.class)
  public PreparedDataset prepared;

  /** Folder of the model, relative to the artifact root. */
  public String checkpoint;

  @Column(name = "val_metrics")
  @Convert(converter = JsonText.MetricsText.class)
  public Metrics valMetrics;

  @Column(name = "knn_metrics")
  @Convert(converter = JsonText.MetricsText.class)
  public Metrics knnMetrics;

  @Column(name = "beginning_metrics")
  @Convert(converter = JsonText.MetricsText.class)
  public Metrics beginningMetrics;

  @Column(name = "test_metrics")
  @Convert(converter = JsonText.MetricsText.class)
  public Metrics testMetrics;

  /** What training and evaluation have taken; null before either. */
  @Convert(converter = JsonText.Costs.class)
  public RunCosts costs;

  /** What a reader of the results should know of training and evaluation. */
  @Convert(converter = JsonText.Texts.class)
  public List<String> notices;

  @Convert(converter = JsonText.ErrorText.class)
  public ErrorInfo error;

  /** Seconds for which its last checkpoint outlives its end; null: as the installation says. */
  public Long retention;

  @Column(name = "created_at")
  public Instant createdAt;

  @Column(name = "ended_at")
  public Instant endedAt;

  @Embedded public RunTimes times = new RunTimes();

  @Embedded public RunContact contact = new RunContact();

  /** The resolved run file. */
  public RunFile file() {
    return RunFiles.of(configSha256, config);
  }

  public void file(RunFile file) {
    config = file.text();
    configSha256 = file.sha256();
  }

  /** The experiment that the run belongs to. */
  public static Optional<UUID> experimentOf(UUID runId) {
    return getEntityManager()
        .createQuery("select r.experimentId from RunEntity r where r.id = ?1", UUID.class)
        .setParameter(1, runId)
        .getResultStream()
        .findFirst();
  }

  /** In the order of the expanded experiment. */
  public static List<RunEntity> of(UUID experimentId) {
    return list("experimentId = ?1 order by position", experimentId);
  }

  /** One page of them, of those in {@code states}. */
  public static List<RunEntity> page(
      UUID experimentId, Collection<RunState> states, int page, int size) {
    return find("experimentId = ?1 and state in ?2 order by position", experimentId, states)
        .page(Page.of(page, size))
        .list();
  }

  /** How many there are on all pages. */
  public static long count(UUID experimentId, Collection<RunState> states) {
    return count("experimentId = ?1 and state in ?2", experimentId, states);
  }

  public static List<RunState> statesOf(UUID experimentId) {
    return getEntityManager()
        .createQuery("select r.state from RunEntity r where r.experimentId = ?1", RunState.class)
        .setParameter(1, experimentId)
        .getResultList();
  }

  /** The latest successes that have trained {@code backbone} on such data, at most so many. */
  public static List<RunEntity> latestTrained(
      String dataset, String backbone, int most, Scope scope) {
    return seen(
            "r.state = 'SUCCEEDED' and r.dataset = :dataset and r.backbone = :backbone"
                + " and r.times.trainedBefore > 0",
            Map.of("dataset", dataset, "backbone", backbone),
            scope)
        .page(0, most)
        .list();
  }

  /** The run with that id, if {@code scope} has it. */
  public static Optional<RunEntity> byId(UUID id, Scope scope) {
    return seen("r.id = :id", Map.of("id", id), scope).firstResultOptional();
  }

  /** The latest success under {@code modelName} that has left a model. */
  static Optional<RunEntity> latestSuccess(String modelName, Scope scope) {
    return seen(
            "r.modelName = :name and r.state = 'SUCCEEDED' and r.checkpoint is not null",
            Map.of("name", modelName),
            scope)
        .firstResultOptional();
  }

  /** The latest success under {@code modelName} with this seed, data set and backbone. */
  public static Optional<RunEntity> latestSession(
      String modelName, long seed, String dataset, String backbone, Scope scope) {
    return seen(
            "r.modelName = :name and r.seed = :seed and r.dataset = :dataset"
                + " and r.backbone = :backbone and r.state = 'SUCCEEDED'"
                + " and r.checkpoint is not null and r.testedModel is null",
            Map.of("name", modelName, "seed", seed, "dataset", dataset, "backbone", backbone),
            scope)
        .firstResultOptional();
  }

  /** The trained models whose names are like {@code like}, the newest first. */
  public static PanacheQuery<RunEntity> models(String like, Scope scope) {
    return seen(
        MODEL + " and lower(r.modelName) like :like escape '!'", Map.of("like", like), scope);
  }

  /** Those of the same name, but for the one of {@code run}. */
  public static PanacheQuery<RunEntity> namesakes(RunEntity run, Scope scope) {
    return seen(
        MODEL + " and r.modelName = :name and r.id <> :id",
        Map.of("name", run.modelName, "id", run.id),
        scope);
  }

  /** Runs {@code r} of {@code scope} on which {@code condition} holds, the last ended first. */
  private static PanacheQuery<RunEntity> seen(
      String condition, Map<String, Object> parameters, Scope scope) {
    Map<String, Object> all = new HashMap<>(parameters);
    all.putAll(scope.parameters());
    return find(
        "from RunEntity r where %s and %s order by r.endedAt desc, r.id"
            .formatted(condition, scope.hqlOfRun("r")),
        all);
  }

  /** The runs of the next phase that wait for this one. */
  public List<RunEntity> followers() {
    return list(
        "experimentId = ?1 and sourceRunId = ?2 and state = ?3 order by position",
        experimentId,
        id,
        RunState.QUEUED);
  }

  /** The runs of the next phase that have ended because this one did not succeed. */
  public List<RunEntity> endedWith() {
    return list(
        "experimentId = ?1 and sourceRunId = ?2 and phase > ?3 and state in ?4 order by position",
        experimentId,
        id,
        phase,
        List.of(RunState.FAILED, RunState.CANCELLED));
  }

  /** The run of the phase before; empty in the first. */
  public Optional<RunEntity> before() {
    return phase > 1 ? findByIdOptional(sourceRunId) : Optional.empty();
  }

  /** The ids of runs that their workers were last heard of, or asked for, before {@code since}. */
  public static List<UUID> silent(RunState state, boolean cancelling, Instant since, int limit) {
    String contact = "coalesce(r.contact.askedAt, r.contact.answeredAt)";
    return getEntityManager()
        .createQuery(
            "select r.id from RunEntity r where r.endedAt is null and r.state = ?1"
                + " and r.cancelRequested = ?2 and %1$s < ?3 order by %1$s".formatted(contact),
            UUID.class)
        .setParameter(1, state)
        .setParameter(2, cancelling)
        .setParameter(3, since)
        .setMaxResults(limit)
        .getResultList();
  }

  /** Whether a run that has not ended needs a model of {@code experimentId}. */
  public static boolean modelsInUse(UUID experimentId) {
    return count(
            "endedAt is null and sourceRunId in"
                + " (select r.id from RunEntity r where r.experimentId = ?1)",
            experimentId)
        > 0;
  }

  /** Of {@code metrics}, the one that the data set is judged by; null where there are none. */
  public Double targetMetric(Metrics metrics) {
    if (metrics == null) {
      return null;
    }
    OptionalDouble value = metrics.value(prepared.description().targetMetric());
    return value.isPresent() ? value.getAsDouble() : null;
  }

  /** The model that a success has left: the one that it trained, or that it was given to test. */
  public TrainedModel model() {
    boolean own = testedModel == null;
    return new TrainedModel(
        own ? id.toString() : testedModel.runId(),
        checkpoint,
        own ? null : testedModel.weightsSha256(),
        prepared.description());
  }

  /** For a training that begins with that model. */
  public StartingPoint start(StartingPoint.Use use) {
    TrainedModel model = model();
    return new StartingPoint(use, model.runId(), model.checkpoint(), model.weightsSha256());
  }

  /** What a reader of the results should know of the data set, the training and the evaluation. */
  public List<String> allNotices() {
    Stream<String> ofData = prepared == null ? Stream.of() : prepared.warnings().stream();
    return Stream.concat(ofData, notices.stream()).distinct().toList();
  }

  /** Adds {@code notice} to what a reader should know. */
  public void notice(String notice) {
    notices = Stream.concat(notices.stream(), Stream.of(notice)).distinct().toList();
  }

  public Phase phase() {
    return new Phase(phase, lastPhase);
  }

  public RunStatus status() {
    return new RunStatus(
        state,
        cancelRequested,
        attemptsAfter,
        new Watermark(attempt, step, validated, checkpointed),
        progress,
        new RunOutcome(
            prepared,
            checkpoint,
            valMetrics,
            knnMetrics,
            beginningMetrics,
            testMetrics,
            costs,
            notices,
            error));
  }

  /**
   * Takes over what {@code status} says; it is {@code now}.
   *
   * @return how long it was in the state that it has left; empty where it stays
   */
  public Optional<Duration> become(RunStatus status, Instant now) {
    Optional<Duration> stayed =
        state == status.state() ? Optional.empty() : Optional.of(times.leave(now));
    if (stayed.isPresent()) {
      contact.heard(now);
    }
    state = status.state();
    cancelRequested = status.cancelRequested();
    attemptsAfter = status.attemptsAfter();
    attempt = status.watermark().attempt();
    step = status.watermark().step();
    validated = status.watermark().validated();
    checkpointed = status.watermark().checkpointed();
    progress = status.progress();
    prepared = status.outcome().dataset();
    checkpoint = status.outcome().checkpoint();
    valMetrics = status.outcome().val();
    knnMetrics = status.outcome().knn();
    beginningMetrics = status.outcome().beginning();
    testMetrics = status.outcome().test();
    costs = status.outcome().costs();
    notices = status.outcome().notices();
    error = status.outcome().error();
    endedAt = state.terminal() ? now : null;
    return stayed;
  }

  /** {@code event} has come of its training; before it becomes what that means. */
  public void heard(TrainingEvent event, Instant now) {
    times.heard(event, attempt, now);
  }

  /**
   * An attempt at its training begins {@code now}.
   *
   * @param device as torch calls it
   * @return how long the run has waited for it; empty where it is not the first attempt
   */
  public Optional<Duration> train(String device, Instant now) {
    Optional<Duration> waited =
        times.device == null
            ? Optional.of(Duration.between(times.stateSince, now))
            : Optional.empty();
    times.train(device, now);
    return waited;
  }
}
