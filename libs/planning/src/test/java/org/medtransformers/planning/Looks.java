package org.medtransformers.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.comparison.ComparisonRequest;
import org.medtransformers.contracts.comparison.ComparisonRequest.Options;
import org.medtransformers.contracts.comparison.DataLook;
import org.medtransformers.contracts.comparison.Question;
import org.medtransformers.contracts.config.Backbone;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.config.TrainingMethod;
import org.medtransformers.contracts.data.SplitSizes;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.experiment.ExperimentFile;

/** Data sets that nobody has, and a machine whose speed is a formula. */
final class Looks {
  static final Set<Backbone> NO_WEIGHTS = Set.of();
  static final Set<Backbone> WEIGHTS = Set.of(Backbone.RESNET18, Backbone.DEIT_TINY);

  private Looks() {}

  /** Folders by class. */
  static DataLook folders(int side, Integer... counts) {
    return folders(List.of("a", "b", "c", "d", "e").subList(0, counts.length), side, counts);
  }

  static DataLook folders(List<String> classes, int side, Integer... counts) {
    int images = List.of(counts).stream().mapToInt(n -> n).sum();
    int held = images * 15 / 100;
    Task task = classes.size() == 2 ? Task.BINARY : Task.MULTI_CLASS;
    JsonNode own = Json.parse("{\"folder\": \".\"}");
    return new DataLook(
        "images",
        DatasetName.IMAGE_FOLDER,
        "/data/images",
        own,
        "it has a folder per class",
        classes,
        task,
        TargetMetric.usual(task),
        3,
        false,
        new SplitSizes(images - 2 * held, held, held),
        List.of(counts),
        Collections.min(List.of(counts)) / 2,
        1,
        0,
        images,
        side,
        0.002,
        0,
        List.of(),
        List.of(),
        List.of());
  }

  static Facts facts(DataLook look, String time, Set<Backbone> weights) {
    return facts(look, time, weights, Question.ALL, null);
  }

  static Facts facts(
      DataLook look, String time, Set<Backbone> weights, Question question, Options options) {
    return new Facts(
        new ComparisonRequest("/data/images", time, question, options), look, weights, 20);
  }

  /**
   * Plans to the end, on a machine where a network of {@code cost} takes that many microseconds for
   * each pixel of an image.
   */
  static Step.Planned plan(Facts facts, Machine machine) {
    Map<Setting, Speed> known = new HashMap<>();
    while (true) {
      Step step = Planner.next(facts, known);
      if (step instanceof Step.Planned planned) {
        return planned;
      }
      Step.Measure measure = (Step.Measure) step;
      assertEquals(measure.settings().size(), ExperimentFile.read(measure.probe()).runs().size());
      measure.settings().forEach(s -> known.put(s, machine.speed(s)));
    }
  }

  /**
   * A machine.
   *
   * @param cnn seconds for a million pixels
   * @param dino times as long as with labels
   */
  record Machine(double cnn, double dino) {
    static final Machine LAPTOP = new Machine(1, 5);
    static final Machine SERVER = new Machine(0.01, 5);

    Speed speed(Setting setting) {
      double network =
          switch (setting.patch()) {
            case 0 -> 1;
            case 4 -> 3;
            case 8 -> 1.1;
            default -> 0.4;
          };
      double method = setting.method() == TrainingMethod.DINO ? dino : 1;
      double image = cnn * network * setting.size() * setting.size() / 1e6;
      return new Speed(image * method, image / 3, 0.2, 4, "a machine");
    }
  }
}
