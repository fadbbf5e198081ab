package org.medtransformers.eval.job;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.loader.LoaderInfo;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.model.Head;
import org.medtransformers.learning.model.ModelSpec;
import org.medtransformers.plots.attention.HeatMap;
import org.medtransformers.plots.attention.Overlay;
import org.medtransformers.plots.attention.ShownImage;
import org.medtransformers.statistics.PredictedImage;

/**
 * What the model looks at, over images of the split: the attention of a transformer's class token,
 * Grad-CAM of a residual network for the class that it predicts. {@code attention/<image>.png}, and
 * {@code attention/index.json} that says which is which.
 */
final class AttentionPart implements EvaluationPart {
  private static final String FOLDER = "attention/";

  /** Characters of a file's name; file systems allow 255 bytes. */
  private static final int LONGEST = 120;

  /** What {@code index.json} says of a picture; classes by name. */
  @RegisterForReflection
  record Entry(
      String image, String file, List<String> label, List<String> prediction, double probability) {}

  @Override
  public boolean wanted(RunConfig.Evaluation options) {
    return options.attention() > 0;
  }

  @Override
  public void measure(Subject subject, Findings findings) throws InterruptedException {
    ModelSpec model = subject.network().spec();
    if (model.residual() && !(model.head() instanceof Head.Linear)) {
      findings.warn(
          "medtrans.evaluation.attention: Grad-CAM explains a class, and a residual network that"
              + " was trained without labels has none");
      return;
    }
    Split split = subject.options().split();
    List<PredictedImage> images = subject.outputs(split).predictedImages();
    LoaderInfo loader = subject.loader(split);
    List<Entry> entries = new ArrayList<>();
    for (int position : Exemplars.of(images, subject.options().attention())) {
      subject.stopIfTold();
      PredictedImage image = images.get(position);
      Entry entry = entry(subject.description(), image, position);
      findings.file(entry.file(), picture(subject, entry, image, subject.view(loader, position)));
      entries.add(entry);
    }
    findings.file(FOLDER + "index.json", Json.pretty(entries) + "\n");
  }

  private static Entry entry(DatasetDescription dataset, PredictedImage image, int position) {
    return new Entry(
        image.image(),
        FOLDER + fileName(image.image(), position),
        names(dataset, image.classes()),
        names(dataset, image.prediction()),
        image.probabilities().get(likeliest(image)));
  }

  private static List<String> names(DatasetDescription dataset, List<Integer> classes) {
    return classes.stream().map(dataset.classes()::get).toList();
  }

  /**
   * An id may be a path, or anything else that a label file can hold: what is no letter or number
   * becomes a line, and the position tells ids apart that have become the same.
   */
  static String fileName(String id, int position) {
    String plain = id.replaceAll("[^A-Za-z0-9_-]", "_");
    boolean itself = plain.equals(id) && plain.length() <= LONGEST;
    String name = plain.substring(0, Math.min(plain.length(), LONGEST));
    return (itself ? name : name + "." + position) + ".png";
  }

  private static int likeliest(PredictedImage image) {
    return image.probabilities().indexOf(Collections.max(image.probabilities()));
  }

  private static byte[] picture(Subject subject, Entry entry, PredictedImage image, Tensor view) {
    int height = Math.toIntExact(view.shape().get(2));
    int width = Math.toIntExact(view.shape().get(3));
    BufferedImage shown = shown(subject, view, height, width);
    String probability = String.format(Locale.ROOT, "%.3f", entry.probability());
    List<String> caption =
        List.of(
            entry.image(),
            "is: " + joined(entry.label()),
            "predicted: " + joined(entry.prediction()) + ", largest probability " + probability);
    return Overlay.png(shown, heat(subject, image, view), caption);
  }

  private static String joined(List<String> names) {
    return names.isEmpty() ? "none" : names.stream().collect(Collectors.joining(", "));
  }

  private static BufferedImage shown(Subject subject, Tensor view, int height, int width) {
    DatasetDescription dataset = subject.description();
    boolean normalised = subject.config().dataset().testTransforms().get(0).normalize();
    return ShownImage.of(
        view.floats(),
        height,
        width,
        normalised ? dataset.mean() : Collections.nCopies(dataset.channels(), 0.0),
        normalised ? dataset.std() : Collections.nCopies(dataset.channels(), 1.0));
  }

  private static HeatMap heat(Subject subject, PredictedImage image, Tensor view) {
    if (subject.network().spec().residual()) {
      Tensor map = subject.network().gradCam(view, score(subject.network().spec(), image));
      return new HeatMap(
          map.floats(), Math.toIntExact(map.shape().get(1)), Math.toIntExact(map.shape().get(2)));
    }
    return meanOverHeads(subject.network().classAttention(view));
  }

  /** The logit of the class that is predicted; where a single one speaks for two, its opposite. */
  private static Tensor score(ModelSpec model, PredictedImage image) {
    float[] weights = new float[model.outputs()];
    int predicted = likeliest(image);
    if (weights.length < image.probabilities().size()) {
      weights[0] = predicted == 0 ? -1 : 1;
    } else {
      weights[predicted] = 1;
    }
    return Tensor.ofFloats(weights, 1, weights.length);
  }

  /**
   * The class token's attention to the patches, without that to itself.
   *
   * @param attention F32 [1, heads, 1 + patches], patches in a square
   */
  static HeatMap meanOverHeads(Tensor attention) {
    int heads = Math.toIntExact(attention.shape().get(1));
    int tokens = Math.toIntExact(attention.shape().get(2));
    int side = (int) Math.round(Math.sqrt(tokens - 1));
    float[] values = attention.floats();
    float[] mean = new float[side * side];
    for (int head = 0; head < heads; head++) {
      for (int patch = 0; patch < mean.length; patch++) {
        mean[patch] += values[head * tokens + 1 + patch] / heads;
      }
    }
    return new HeatMap(mean, side, side);
  }
}
