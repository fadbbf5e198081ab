package org.medtransformers.eval.model;

import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.result.ImagePrediction;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.eval.config.EvalConfig;
import org.medtransformers.imaging.codec.ImageLimits;
import org.medtransformers.inference.AskedImage;
import org.medtransformers.inference.Classifier;
import org.medtransformers.inference.ModelFiles;
import org.medtransformers.inference.Prediction;
import org.medtransformers.inference.TrainedModels;
import org.medtransformers.service.path.Artifacts;

/** The models that runs have left here. */
@Singleton
public class Models {
  private final TrainedModels models;
  private final Torch torch;
  private final EvalConfig.Predictions config;

  /** One network at a time beside that of an evaluation. */
  private final Semaphore turn = new Semaphore(1, true);

  Models(Artifacts artifacts, Torch torch, EvalConfig config) {
    Path runs = artifacts.root().resolve("runs");
    this.models = new TrainedModels(runs, runs);
    this.torch = torch;
    this.config = config.predictions();
  }

  /** The model that {@code run} was evaluated with; {@code NOT_FOUND} where it left none. */
  public ModelFiles find(String run) {
    return models.find(run, Optional.empty());
  }

  /** Largest file of an image, in bytes. */
  public long mostBytes() {
    return config.maxImageBytes().asLongValue();
  }

  /**
   * What the model of {@code run} says of an image.
   *
   * @param attention whether to show also what it looks at
   * @throws MedtransException {@link ErrorCode#IMAGE_UNREADABLE}, {@link ErrorCode#NOT_FOUND},
   *     {@link ErrorCode#UNAVAILABLE} where others have to be answered before for too long
   */
  public ImagePrediction predict(String run, byte[] image, boolean attention)
      throws InterruptedException {
    ModelFiles files = find(run);
    if (!turn.tryAcquire(config.patience().toMillis(), TimeUnit.MILLISECONDS)) {
      throw MedtransException.of(
          ErrorCode.UNAVAILABLE, "others ask models about images; try again");
    }
    try {
      torch.load();
      ImageLimits limits = new ImageLimits(mostBytes(), ImageLimits.DEFAULT.maxPixels());
      try (Classifier classifier = Classifier.read(files, limits)) {
        return predict(files, classifier, new SentImage(image), attention);
      }
    } finally {
      turn.release();
    }
  }

  private static ImagePrediction predict(
      ModelFiles files, Classifier classifier, AskedImage image, boolean attention) {
    Tensor view = classifier.view(image);
    Prediction prediction = classifier.classify(image.name(), view);
    DatasetDescription dataset = classifier.dataset();
    String picture =
        attention && Attention.isShown(files.spec())
            ? Base64.getEncoder()
                .encodeToString(
                    Attention.picture(
                        classifier.network(),
                        dataset,
                        files.run().config().dataset().testTransforms().get(0).normalize(),
                        prediction.probabilities(),
                        view,
                        List.of()))
            : null;
    return new ImagePrediction(
        files.run().runId(),
        dataset.name(),
        dataset.task(),
        IntStream.range(0, dataset.classes().size())
            .mapToObj(
                c ->
                    new ImagePrediction.ClassProbability(
                        dataset.classes().get(c),
                        prediction.probabilities().get(c),
                        prediction.classes().contains(c)))
            .toList(),
        picture);
  }
}
