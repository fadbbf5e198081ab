package org.medtransformers.cli.predict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.medtransformers.cli.export.ModelFiles;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.files.RunManifest;
import org.medtransformers.imaging.Image;
import org.medtransformers.imaging.batch.Preprocessing;
import org.medtransformers.imaging.codec.ImageDecoder;
import org.medtransformers.imaging.codec.ImageLimits;
import org.medtransformers.imaging.codec.SampleRange;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.model.Head;
import org.medtransformers.learning.network.Network;
import org.medtransformers.statistics.ClassProbabilities;

/** A trained network and what its run did to test images; closing it gives the memory back. */
public final class Classifier implements AutoCloseable {
  private final DatasetDescription dataset;
  private final Network network;
  private final Preprocessing preprocessing;
  private final int batchSize;
  private final Integer bits;
  private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);

  private Classifier(RunManifest run, Network network) {
    RunConfig config = run.config();
    this.dataset = run.dataset().description();
    this.network = network;
    this.preprocessing = new Preprocessing(config.dataset().testTransforms().get(0), dataset);
    this.bits = config.medtrans().bits();
    this.batchSize = config.dataloaders().testloader().batchSize();
  }

  /**
   * Reads the model; libtorch has been started.
   *
   * @throws MedtransException {@link ErrorCode#INVALID_REQUEST} where the run trained no classifier
   */
  public static Classifier read(ModelFiles files) {
    RunManifest run = files.run();
    if (!(files.spec().head() instanceof Head.Linear)) {
      throw MedtransException.of(
          ErrorCode.INVALID_REQUEST,
          "run %s was trained with medtrans.method %s and has no classifier; fine-tune its backbone first (transfer_learning_params)"
              .formatted(run.runId(), run.config().medtrans().method()));
    }
    return new Classifier(
        run, Network.of(files.spec(), files.tensors(), TorchDevice.of(run.config())));
  }

  /** The data set that the network was trained on. */
  public DatasetDescription dataset() {
    return dataset;
  }

  /**
   * Classifies images in order, a batch at a time.
   *
   * @param unreadable hears of each image that cannot be read; the others are classified
   */
  public List<Prediction> classify(
      List<ImageArguments.Named> images, Consumer<MedtransException> unreadable) {
    List<Prediction> predictions = new ArrayList<>();
    List<Preprocessing.Numbered> batch = new ArrayList<>();
    for (int number = 0; number < images.size(); number++) {
      try {
        batch.add(view(images.get(number), number));
      } catch (MedtransException e) {
        if (e.code() != ErrorCode.IMAGE_UNREADABLE) {
          throw e;
        }
        unreadable.accept(e);
      }
      if (batch.size() == batchSize) {
        predictions.addAll(classify(batch));
        batch.clear();
      }
    }
    if (!batch.isEmpty()) {
      predictions.addAll(classify(batch));
    }
    return predictions;
  }

  private Preprocessing.Numbered view(ImageArguments.Named image, int number) {
    try {
      Image decoded =
          decoder.decode(
              decoder.read(image.file()),
              image.file().toString(),
              dataset.channels(),
              new SampleRange(bits));
      return preprocessing.view(decoded, image.name(), number);
    } catch (OutOfMemoryError e) {
      throw MedtransException.of(
          ErrorCode.IMAGE_UNREADABLE, "image " + image.file() + " does not fit into memory", e);
    }
  }

  private List<Prediction> classify(List<Preprocessing.Numbered> views) {
    double[] logits = network.evaluate(preprocessing.batch(views)).logits().doubles();
    List<Prediction> predictions = new ArrayList<>();
    int outputs = dataset.outputs();
    for (int i = 0; i < views.size(); i++) {
      double[] probabilities =
          ClassProbabilities.of(
              dataset.task(), Arrays.copyOfRange(logits, i * outputs, (i + 1) * outputs));
      predictions.add(
          new Prediction(
              views.get(i).name(),
              ClassProbabilities.predicted(dataset.task(), probabilities),
              Arrays.stream(probabilities).boxed().toList()));
    }
    return predictions;
  }

  @Override
  public void close() {
    network.close();
  }
}
