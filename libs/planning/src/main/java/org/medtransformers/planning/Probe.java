package org.medtransformers.planning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.medtransformers.contracts.comparison.DataLook;
import org.medtransformers.contracts.config.TrainingMethod;
import org.medtransformers.contracts.cost.RunCosts;
import org.medtransformers.contracts.cost.TrainingCost;
import org.medtransformers.contracts.data.SplitSizes;
import org.medtransformers.contracts.data.Task;

/**
 * Measures by an experiment that is as small as it can be and passes through everything that the
 * real one does: a few images of the very data, {@value #EPOCHS} epochs of {@value #IMAGES} images.
 */
public final class Probe {
  /** The name of these experiments. */
  public static final String NAME = "measuring speed";

  private static final int EPOCHS = 4;

  /** Of an epoch: in batches of 8 fewer would be over before a speed is seen. */
  private static final int IMAGES = 128;

  private static final int HELD_OUT = 64;
  private static final double LARGEST_SHARE = 0.25;

  private Probe() {}

  /**
   * One training of a probe. Its last epoch is what it goes by: a network is slower at first, not
   * for three batches only, and a training of many epochs is not.
   *
   * @param imagesPerSecond of training in the last epoch, the wait for data included
   * @param lastEpoch seconds from its last validation but one to the last; NaN where unknown
   * @param parts images that it had
   */
  public record Seen(
      Setting setting,
      RunCosts costs,
      double imagesPerSecond,
      double lastEpoch,
      SplitSizes parts,
      Task task) {
    private TrainingCost training() {
      return costs.training().get(0);
    }

    private double perImage() {
      return 1 / imagesPerSecond;
    }

    private double perEvaluated() {
      return costs.inference().pace().seconds() / costs.inference().pace().images();
    }

    /** What the last epoch took besides learning and looking; DINO's looks at more. */
    private double perValidation() {
      if (setting.method() != TrainingMethod.SUPERVISED || Double.isNaN(lastEpoch)) {
        return 0;
      }
      double learning = training().iterationsPerEpoch() * (double) setting.batch() * perImage();
      return Math.max(0, lastEpoch - learning - parts.val() * perEvaluated());
    }

    /** Seconds that are explained by images and validations. */
    private double explained() {
      long images = training().iterations() * setting.batch();
      int validations = setting.method() == TrainingMethod.SUPERVISED ? EPOCHS : 2;
      return images * perImage()
          + validations * (parts.val() * perEvaluated() + perValidation())
          + Workload.evaluated(task, parts) * perEvaluated();
    }

    private Speed speed(double perRun) {
      return new Speed(
          perImage(), perEvaluated(), perValidation(), perRun, training().machine().toString());
    }
  }

  /**
   * What a probe has measured; what its images do not explain of its time is shared by its runs.
   *
   * @param seconds from the beginning of its first training to its end
   */
  public static Map<Setting, Speed> speeds(List<Seen> runs, double seconds) {
    double explained = runs.stream().mapToDouble(Seen::explained).sum();
    double perRun = Math.max(0, seconds - explained) / runs.size();
    Map<Setting, Speed> speeds = new LinkedHashMap<>();
    runs.forEach(run -> speeds.put(run.setting(), run.speed(perRun)));
    return speeds;
  }

  /**
   * The experiment; its runs are in the order of {@code settings}, which differ in network only.
   */
  static ObjectNode document(DataLook look, List<Setting> settings) {
    Setting first = settings.get(0);
    double held = Math.min(LARGEST_SHARE, (double) HELD_OUT / look.images());
    double train = 1 - 2 * held;
    int wanted = Math.max(IMAGES, 2 * look.classes().size());
    double fraction = Math.min(1, wanted / (train * look.images()));
    Document.Training training =
        new Document.Training(first.size(), first.batch(), EPOCHS, IMAGES / first.batch(), 1, 1);
    Map<String, Object> split =
        Document.ordered("kind", "grouped", "fractions", List.of(train, held, held));
    if (fraction < 1) {
      split.put("train_fraction", fraction);
    }
    return new Document(look, NAME)
        .of(
            training,
            List.of(settings.stream().map(Probe::entry).toList()),
            Document.ordered("priority", 100, "split", split));
  }

  private static Map<String, Object> entry(Setting setting) {
    Map<String, Object> set = Document.network(setting);
    if (setting.method() == TrainingMethod.DINO) {
      set.put("medtrans.method", setting.method().label());
      set.putAll(Document.dino(setting.size(), EPOCHS));
    }
    return Document.entry(setting.key(), set);
  }
}
