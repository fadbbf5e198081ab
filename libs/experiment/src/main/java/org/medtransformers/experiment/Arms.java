package org.medtransformers.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.Sha256;
import org.medtransformers.contracts.config.DatasetTitle;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.config.RunFile;
import org.medtransformers.experiment.Expansion.Point;
import org.medtransformers.experiment.Phases.Stage;

/**
 * Which points of a matrix are one row of the comparison. Those of one data set, model and start
 * are told apart by the labels in which they differ; an axis that only says which fold tests, or by
 * which seed the folds were drawn, makes no rows: its points are one arm of a cross-validation.
 */
final class Arms {
  /** Of equal trees equal texts, in whatever order their keys were given. */
  private static final ObjectWriter SORTED =
      Json.mapper().writer().with(JsonNodeFeature.WRITE_PROPERTIES_SORTED);

  private final Map<String, List<Trained>> byCell = new HashMap<>();

  /**
   * A point, and what it trains.
   *
   * @param settings fingerprints of all that its files say, but for the round of a cross-validation
   *     and for names; the trees of a thousand points would fill the memory
   * @param round of the cross-validation; null where it is none
   */
  private record Trained(Point point, List<String> settings, String round) {
    static Trained of(Point point) {
      RunConfig.Split split = last(point).file().config().medtrans().split();
      return new Trained(
          point,
          point.stages().stream().map(stage -> settings(stage.file())).toList(),
          split.crossValidates() ? split.seedOrDefault() + "/" + split.fold() : null);
    }

    private static String settings(RunFile file) {
      ObjectNode tree = file.tree();
      if (file.config().medtrans().split().crossValidates()) {
        ((ObjectNode) tree.at("/medtrans/split")).remove(List.of("fold", "seed"));
      }
      ((ObjectNode) tree.path("training_params")).remove(List.of("model_name", "save_dir"));
      tree.remove("log_params");
      return Sha256.of(sorted(tree));
    }

    private static String sorted(ObjectNode tree) {
      try {
        return SORTED.writeValueAsString(tree);
      } catch (JsonProcessingException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  Arms(List<Point> points) {
    points.forEach(p -> byCell.computeIfAbsent(cell(p), c -> new ArrayList<>()).add(Trained.of(p)));
  }

  private static Stage last(Point point) {
    return point.stages().get(point.stages().size() - 1);
  }

  /** Row and column of the comparison, as far as the trainings' own files tell. */
  private static String cell(Point point) {
    RunConfig run = last(point).file().config();
    return String.join(
        "|",
        DatasetTitle.withFraction(run),
        run.model().backbone().label(),
        last(point).initialisation());
  }

  /** The labels that tell the row of {@code point} from others of its cell. */
  List<String> distinguishing(Point point) {
    List<Trained> sharing = byCell.get(cell(point));
    return IntStream.range(0, point.labels().size())
        .filter(axis -> varies(axis, sharing) && !makesRounds(axis, sharing))
        .mapToObj(point.labels()::get)
        .toList();
  }

  /** The same where each round stands by itself. */
  List<String> distinguishingRounds(Point point) {
    List<Trained> sharing = byCell.get(cell(point));
    Stream<String> axes =
        IntStream.range(0, point.labels().size())
            .filter(axis -> varies(axis, sharing))
            .mapToObj(point.labels()::get);
    return Stream.concat(axes, Stream.of(point.round())).filter(l -> !l.isEmpty()).toList();
  }

  private static boolean varies(int axis, List<Trained> sharing) {
    return sharing.stream().map(t -> t.point().labels().get(axis)).distinct().count() > 1;
  }

  /** Whether points that differ in this axis alone are different rounds of the same training. */
  private static boolean makesRounds(int axis, List<Trained> sharing) {
    return sharing.stream()
        .collect(Collectors.groupingBy(t -> without(axis, t.point().labels())))
        .values()
        .stream()
        .allMatch(Arms::areRounds);
  }

  private static List<String> without(int axis, List<String> labels) {
    List<String> others = new ArrayList<>(labels);
    others.remove(axis);
    return others;
  }

  private static boolean areRounds(List<Trained> alike) {
    Set<String> rounds = new HashSet<>();
    return alike.stream()
        .allMatch(
            t ->
                t.round() != null
                    && rounds.add(t.round())
                    && t.settings().equals(alike.get(0).settings()));
  }
}
