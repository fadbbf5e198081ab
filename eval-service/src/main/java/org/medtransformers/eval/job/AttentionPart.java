package org.medtransformers.eval.job;

import io.quarkus.runtime.annotations.RegisterForReflection;
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
import org.medtransformers.eval.model.Attention;
import org.medtransformers.learning.model.ModelSpec;
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
    if (!Attention.isShown(model)) {
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
    String probability = String.format(Locale.ROOT, "%.3f", entry.probability());
    List<String> caption =
        List.of(
            entry.image(),
            "is: " + joined(entry.label()),
            "predicted: " + joined(entry.prediction()) + ", largest probability " + probability);
    return Attention.picture(
        subject.network(),
        subject.description(),
        subject.config().dataset().testTransforms().get(0).normalize(),
        image.probabilities(),
        view,
        caption);
  }

  private static String joined(List<String> names) {
    return names.isEmpty() ? "none" : names.stream().collect(Collectors.joining(", "));
  }
}
