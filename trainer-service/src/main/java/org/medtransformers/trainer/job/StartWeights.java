package org.medtransformers.trainer.job;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.medtransformers.contracts.config.PublishedWeights;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.StartingPoint;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.files.download.Transfer;
import org.medtransformers.learning.training.LearnerSpec;
import org.medtransformers.learning.weights.FittedWeights;
import org.medtransformers.learning.weights.ModelWeights;
import org.medtransformers.learning.weights.WeightFile;
import org.medtransformers.learning.weights.WeightStore;
import org.medtransformers.service.path.Artifacts;
import org.medtransformers.service.path.DataRoots;
import org.medtransformers.service.path.ModelPaths;
import org.medtransformers.trainer.config.TrainerConfig;

/**
 * The weights that a run begins with, where they do not come from the seed: those of an earlier
 * model, of {@code medtrans.weights_file}, or published ones.
 */
@Singleton
public class StartWeights {
  private static final Logger LOG = Logger.getLogger(StartWeights.class);

  private final ModelPaths models;
  private final DataRoots roots;
  private final WeightStore store;
  private final TrainingMetrics metrics;

  StartWeights(
      ModelPaths models,
      DataRoots roots,
      Artifacts artifacts,
      TrainerConfig config,
      TrainingMetrics metrics) {
    this.models = models;
    this.roots = roots;
    this.store = new WeightStore(artifacts.weights(), config.weightsDir());
    this.metrics = metrics;
  }

  /** Whether {@code run} begins with weights of before. */
  boolean given(TrainingEvent.Requested run) {
    return run.start() != null || run.config().model().pretrained();
  }

  /**
   * The state of the network to begin with. What the source does not give, such as another head, is
   * drawn from the seed.
   *
   * @param run which is {@link #given} weights
   * @param shouldStop ends a download
   * @param notices told what of the file is passed over
   * @return nothing if told to stop
   * @throws MedtransException {@link ErrorCode#WEIGHTS_UNAVAILABLE}, {@link
   *     ErrorCode#WEIGHTS_UNREADABLE}, {@link ErrorCode#WEIGHTS_INCOMPATIBLE} or {@link
   *     ErrorCode#CHECKPOINT_UNREADABLE}
   */
  Optional<Map<String, Tensor>> of(
      TrainingEvent.Requested run,
      LearnerSpec spec,
      BooleanSupplier shouldStop,
      Consumer<String> notices)
      throws IOException, InterruptedException {
    if (run.start() != null) {
      return Optional.of(earlier(run.start(), spec, notices));
    }
    Optional<Path> file = file(run.config(), shouldStop);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Tensor> tensors = WeightFile.read(file.get()).tensors();
    return Optional.of(
        state(file.get(), FittedWeights.start(spec.model(), tensors, spec.seed()), notices));
  }

  private Map<String, Tensor> earlier(
      StartingPoint start, LearnerSpec spec, Consumer<String> notices) {
    Path path = models.require(start.path());
    Map<String, Tensor> tensors = ModelWeights.read(path, start.sha256());
    return state(
        path,
        switch (start.use()) {
          case BACKBONE -> FittedWeights.start(spec.model(), tensors, spec.seed());
          case NETWORK -> FittedWeights.trained(spec.model(), tensors);
          case SESSION -> throw new IllegalArgumentException("a session is more than weights");
        },
        notices);
  }

  private static Map<String, Tensor> state(
      Path path, FittedWeights fitted, Consumer<String> notices) {
    LOG.infof("Starting from %s", path);
    if (!fitted.passedOver().isEmpty()) {
      notices.accept(
          "%s: passed over %s, with which a backbone does not compute"
              .formatted(path, String.join(", ", fitted.passedOver())));
    }
    return fitted.state();
  }

  private Optional<Path> file(RunConfig run, BooleanSupplier shouldStop)
      throws InterruptedException {
    String named = run.medtrans().weightsFile();
    if (named != null) {
      return Optional.of(roots.requireAllowed(named));
    }
    PublishedWeights published =
        PublishedWeights.of(run.model())
            .orElseThrow(
                () ->
                    MedtransException.of(
                        ErrorCode.INVALID_REQUEST,
                        "model_params.pretrained: no weights are published for this network"));
    DownloadLog log = new DownloadLog(LOG, metrics);
    return store.get(published, new Transfer(log::at, shouldStop));
  }
}
