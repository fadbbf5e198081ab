package org.medtransformers.experiment;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.LearningRateGrid;
import org.medtransformers.contracts.config.RunFile;

/**
 * The search that a resolved run file asks for: its {@code lr_finder.grid_search_params}. Each
 * learning rate is tried by a run of its own, from the same seed and so from the same weights.
 *
 * @param epochs of each trial
 * @param keepSchedule whether a trial runs through the file's schedule; else its rate is constant
 * @param everyEpoch whether a trial is validated after every epoch rather than at its end only
 */
record LearningRateFinder(
    @JsonProperty("min_pow") double minPow,
    @JsonProperty("max_pow") double maxPow,
    int resolution,
    @JsonProperty("n_epochs") int epochs,
    @JsonProperty("random_lr") boolean random,
    @JsonProperty("keep_schedule") boolean keepSchedule,
    @JsonProperty("report_intermediate_steps") boolean everyEpoch) {
  private static final String NAME_ENDING = "_lr_finder";

  /** Empty where {@code file} is of a run to be made once, as it is. */
  static Optional<LearningRateFinder> of(RunFile file) {
    ObjectNode config = file.tree();
    return config.at("/medtrans/lr_finder").asBoolean()
        ? Optional.of(
            Json.convert(config.at("/lr_finder/grid_search_params"), LearningRateFinder.class))
        : Optional.empty();
  }

  /** What is tried, rising. */
  List<Double> rates(long seed) {
    return random
        ? LearningRateGrid.random(minPow, maxPow, resolution, seed)
        : LearningRateGrid.even(minPow, maxPow, resolution);
  }

  /**
   * The file of the run that tries {@code rate}: {@code file} with that learning rate, which
   * nothing scales. Its last model counts, as in the reference; it has a name of its own, so that
   * nobody takes it for the model called so, and leaves no copy of its checkpoint anywhere.
   */
  RunFile trial(RunFile file, double rate) {
    ObjectNode trial = file.tree();
    set(trial, "optimization_params.default.optimizer.params.lr", rate);
    set(trial, "optimization_params.default.optimizer.autoscale_lr", false);
    if (!keepSchedule) {
      set(trial, "optimization_params.default.scheduler.type", List.of());
    }
    set(trial, "training_params.epochs", epochs);
    // A kept schedule may be one that watches the validation.
    set(trial, "training_params.val_every", everyEpoch || keepSchedule ? 1 : epochs);
    set(trial, "training_params.save_best_model", false);
    String name = file.config().training().modelName();
    set(trial, "training_params.model_name", ModelName.ending(name, NAME_ENDING));
    set(trial, "training_params.save_dir", "");
    set(trial, "medtrans.keep_checkpoints", 1);
    set(trial, "medtrans.keep_best", 1);
    // Every trial is as long as the others.
    ((ObjectNode) trial.path("medtrans")).remove("early_stop_patience");
    return RunFile.of(trial);
  }

  private static void set(ObjectNode document, String path, Object value) {
    Overrides.set(document, path, Json.tree(value));
  }
}
