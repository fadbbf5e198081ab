package org.medtransformers.gateway.submission;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.medtransformers.contracts.config.PublishedWeights;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.config.RunFile;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.experiment.Experiment;
import org.medtransformers.experiment.ExperimentFile;
import org.medtransformers.experiment.PlannedRun;
import org.medtransformers.gateway.config.GatewayConfig;
import org.medtransformers.gateway.history.SaveDirs;
import org.medtransformers.gateway.lifecycle.TrainedModel;
import org.medtransformers.gateway.start.StartingPoints;
import org.medtransformers.gateway.start.TrainedModels;
import org.medtransformers.service.path.Artifacts;
import org.medtransformers.service.path.DataRoots;

/** Turns a document into runs that may be started, or says why not; changes nothing. */
@Singleton
final class ExperimentPlanner {
  private static final String DATA = "dataset_params.data_location";
  private static final String WEIGHTS = "medtrans.weights_file";

  private final DataRoots roots;
  private final Artifacts artifacts;
  private final SaveDirs saveDirs;
  private final TrainedModels models;
  private final StartingPoints starts;
  private final long mostCharacters;

  ExperimentPlanner(
      DataRoots roots,
      Artifacts artifacts,
      SaveDirs saveDirs,
      TrainedModels models,
      StartingPoints starts,
      GatewayConfig config) {
    this.roots = roots;
    this.artifacts = artifacts;
    this.saveDirs = saveDirs;
    this.models = models;
    this.starts = starts;
    this.mostCharacters = config.submission().maxRunFiles().asLongValue();
  }

  /**
   * Validates and expands {@code document} and reads the files that it names, which may take long:
   * not within a transaction, if it can be helped.
   *
   * @throws MedtransException {@code PATH_NOT_ALLOWED} for data or weights outside the roots,
   *     {@code DATASET_INVALID} where there is no such folder, {@code NOT_FOUND} or {@code
   *     CHECKPOINT_INCOMPATIBLE} for a file that cannot be tested or begun with, {@code
   *     WEIGHTS_UNAVAILABLE} for published weights whose hash nobody knows, and whatever {@link
   *     ExperimentFile#read} throws
   */
  Experiment read(JsonNode document) {
    Experiment experiment = ExperimentFile.read(document, mostCharacters);
    List<RunConfig> configs =
        experiment.runs().stream().map(PlannedRun::file).map(RunFile::config).toList();
    configs.stream()
        .map(c -> c.dataset().dataLocation())
        .distinct()
        .forEach(d -> require(roots::requireData, DATA, d, ErrorCode.DATASET_INVALID));
    configs.stream()
        .map(c -> c.medtrans().weightsFile())
        .filter(Objects::nonNull)
        .distinct()
        .forEach(f -> require(roots::requireAllowed, WEIGHTS, f, ErrorCode.INVALID_REQUEST));
    configs.forEach(this::requireVerifiableWeights);
    configs.forEach(models::readFile);
    configs.forEach(starts::readFile);
    return experiment;
  }

  /**
   * Finds the models that the runs of {@code experiment} test or begin with, in the caller's
   * transaction.
   *
   * @throws MedtransException {@code NOT_FOUND} or {@code CHECKPOINT_INCOMPATIBLE} for one that is
   *     not there or does not fit
   */
  ExperimentDraft plan(Experiment experiment) {
    List<RunDraft> runs = experiment.runs().stream().map(this::draft).toList();
    requireModelsOfTheirOwn(runs);
    Set<String> notices = new LinkedHashSet<>(experiment.notices());
    experiment.runs().stream()
        .map(run -> run.file().config().training().saveDir())
        .distinct()
        .forEach(d -> warn(d, notices));
    return new ExperimentDraft(
        experiment.name(), experiment.document(), runs, List.copyOf(notices));
  }

  private RunDraft draft(PlannedRun run) {
    return new RunDraft(run, model(run), starts.find(run));
  }

  private Optional<TrainedModel> model(PlannedRun run) {
    return run.file().config().medtrans().testOnly()
        ? Optional.of(models.find(run))
        : Optional.empty();
  }

  /** One model that is measured twice on the same images would look like two of the same worth. */
  private static void requireModelsOfTheirOwn(List<RunDraft> runs) {
    Set<List<Object>> seen = new HashSet<>();
    for (RunDraft draft : runs) {
      PlannedRun run = draft.planned();
      if (draft.model().isPresent()
          && !seen.add(
              List.of(run.configSha256(), run.labels(), draft.model().get().checkpoint()))) {
        throw MedtransException.of(
            ErrorCode.INVALID_REQUEST,
            "experiment.repetitions: repetition %d would test the model that another one tests, %s;"
                    .formatted(run.repetition(), draft.model().get().checkpoint())
                + " allowed: 1, or a model of each repetition's seed under the model_name");
      }
    }
  }

  /** As the trainer would, hours later perhaps. */
  private void requireVerifiableWeights(RunConfig run) {
    if (run.model().pretrained() && run.medtrans().weightsFile() == null) {
      PublishedWeights.of(run.model())
          .flatMap(weights -> weights.unverifiable(artifacts.weights()))
          .ifPresent(
              reason -> {
                throw MedtransException.of(
                    ErrorCode.WEIGHTS_UNAVAILABLE, "model_params.pretrained: " + reason);
              });
    }
  }

  /** Throws with {@code missing} where nothing is at {@code path}, which stands at {@code key}. */
  private static void require(Consumer<String> check, String key, String path, ErrorCode missing) {
    try {
      check.accept(path);
    } catch (MedtransException e) {
      ErrorCode code = e.code() == ErrorCode.NOT_FOUND ? missing : e.code();
      throw MedtransException.of(code, key + ": " + e.getMessage(), e);
    }
  }

  private void warn(String saveDir, Set<String> notices) {
    if (!saveDirs.mayWrite(saveDir)) {
      notices.add(
          "training_params.save_dir: %s lies outside the allowed folders: no copy of the best"
                  .formatted(saveDir)
              + " checkpoint is written");
    }
  }
}
