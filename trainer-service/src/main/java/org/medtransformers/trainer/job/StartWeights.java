package org.medtransformers.trainer.job;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import org.medtransformers.contracts.config.PublishedWeights;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.LearnerSpec;
import org.medtransformers.learning.weights.FittedWeights;
import org.medtransformers.learning.weights.Transfer;
import org.medtransformers.learning.weights.WeightFile;
import org.medtransformers.learning.weights.WeightStore;
import org.medtransformers.service.path.Artifacts;
import org.medtransformers.service.path.DataRoots;
import org.medtransformers.trainer.config.TrainerConfig;

/**
 * The weights that a run starts from where its file says {@code model_params.pretrained}: those of
 * {@code medtrans.weights_file}, or published ones.
 */
@Singleton
public class StartWeights {
  private static final Logger LOG = Logger.getLogger(StartWeights.class);

  private final DataRoots roots;
  private final WeightStore store;
  private final TrainingMetrics metrics;

  StartWeights(
      DataRoots roots, Artifacts artifacts, TrainerConfig config, TrainingMetrics metrics) {
    this.roots = roots;
    this.store = new WeightStore(artifacts.weights(), config.weightsDir());
    this.metrics = metrics;
  }

  /**
   * The state of the network to start with: the backbone of the file, the head from the seed.
   *
   * @param shouldStop ends a download
   * @return nothing if told to stop
   * @throws MedtransException {@link ErrorCode#WEIGHTS_UNAVAILABLE}, {@link
   *     ErrorCode#WEIGHTS_UNREADABLE} or {@link ErrorCode#WEIGHTS_INCOMPATIBLE}
   */
  Optional<Map<String, Tensor>> of(RunConfig run, LearnerSpec spec, BooleanSupplier shouldStop)
      throws IOException, InterruptedException {
    Optional<Path> file = file(run, shouldStop);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    WeightFile weights = WeightFile.read(file.get());
    FittedWeights fitted = FittedWeights.start(spec.model(), weights.tensors(), spec.seed());
    LOG.infof("Starting from %s (%s)", file.get(), weights.where());
    if (!fitted.unused().isEmpty()) {
      LOG.warnf(
          "%s has %d tensors that the network has no place for: %s",
          file.get(), fitted.unused().size(), String.join(", ", fitted.unused()));
    }
    return Optional.of(fitted.state());
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
