package org.medtransformers.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.files.RunManifest;
import org.medtransformers.imaging.HeapShare;
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
  private final ImageDecoder decoder;

  private Classifier(RunManifest run, Network network, ImageLimits limits) {
    RunConfig config = run.config();
    this.dataset = run.dataset().description();
    this.network = network;
    this.decoder = new ImageDecoder(limits);
    this.preprocessing = new Preprocessing(config.dataset().testTransforms().get(0), dataset);
    this.bits = config.medtrans().bits();
    this.batchSize = config.dataloaders().testloader().batchSize();
  }

  /**
   * Reads the model; libtorch has been started.
   *
   * @param limits of the images that it is asked about
   * @throws MedtransException {@link ErrorCode#INVALID_REQUEST} where the run trained no classifier
   */
  public static Classifier read(ModelFiles files, ImageLimits limits) {
    RunManifest run = files.run();
    if (!(files.spec().head() instanceof Head.Linear)) {
      throw MedtransException.of(
          ErrorCode.INVALID_REQUEST,
          "run %s was trained with medtrans.method %s and has no classifier; fine-tune its backbone first (transfer_learning_params)"
              .formatted(run.runId(), run.config().medtrans().method()));
    }
    return new Classifier(
        run, Network.of(files.spec(), files.tensors(), TorchDevice.of(run.config())), limits);
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
      List<? extends AskedImage> images, Consumer<MedtransException> unreadable) {
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
        predictions.addAll(classify(names(batch), preprocessing.batch(batch)));
        batch.clear();
      }
    }
    if (!batch.isEmpty()) {
      predictions.addAll(classify(names(batch), preprocessing.batch(batch)));
    }
    return predictions;
  }

  /** The network that is asked. */
  public Network network() {
    return network;
  }

  /**
   * One image as the network takes it, F32 [1, channels, height, width].
   *
   * @throws MedtransException {@link ErrorCode#IMAGE_UNREADABLE}
   */
  public Tensor view(AskedImage image) {
    return preprocessing.batch(List.of(view(image, 0)));
  }

  /**
   * Classifies what {@link #view(AskedImage)} has made.
   *
   * @param name of the image
   */
  public Prediction classify(String name, Tensor view) {
    return classify(List.of(name), view).get(0);
  }

  private Preprocessing.Numbered view(AskedImage image, int number) {
    try {
      byte[] file = image.bytes(decoder);
      requireRoom(image, file);
      Image decoded =
          decoder.decode(file, image.origin(), dataset.channels(), new SampleRange(bits));
      return preprocessing.view(decoded, image.name(), number);
    } catch (OutOfMemoryError e) {
      throw MedtransException.of(
          ErrorCode.IMAGE_UNREADABLE, "image " + image.origin() + " does not fit into memory", e);
    }
  }

  /** Others compute in this process too: one image does not get all the memory there is. */
  private void requireRoom(AskedImage image, byte[] file) {
    long needed = file.length + decoder.workingBytes(file, image.origin(), dataset.channels());
    long most = HeapShare.ofThisProcess().decoding();
    if (needed > most) {
      throw MedtransException.of(
          ErrorCode.IMAGE_UNREADABLE,
          "image %s takes %d bytes to decode, this process allows %d"
              .formatted(image.origin(), needed, most));
    }
  }

  private static List<String> names(List<Preprocessing.Numbered> views) {
    return views.stream().map(Preprocessing.Numbered::name).toList();
  }

  private List<Prediction> classify(List<String> names, Tensor views) {
    double[] logits = network.evaluate(views).logits().doubles();
    List<Prediction> predictions = new ArrayList<>();
    int outputs = dataset.outputs();
    for (int i = 0; i < names.size(); i++) {
      double[] probabilities =
          ClassProbabilities.of(
              dataset.task(), Arrays.copyOfRange(logits, i * outputs, (i + 1) * outputs));
      predictions.add(
          new Prediction(
              names.get(i),
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
