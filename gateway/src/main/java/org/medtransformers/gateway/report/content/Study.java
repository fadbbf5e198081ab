package org.medtransformers.gateway.report.content;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.result.EvaluationResults;
import org.medtransformers.contracts.result.ExperimentComparison;
import org.medtransformers.contracts.result.ExperimentResult.Summary;
import org.medtransformers.contracts.result.ExperimentState;
import org.medtransformers.contracts.result.LearningRateSearch;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.gateway.document.Block.Figure;
import org.medtransformers.gateway.document.Block.Picture;
import org.medtransformers.gateway.entity.RunEntity;

/**
 * All that is known of an experiment when its report is written.
 *
 * @param ended null while it runs
 * @param document the experiment file as it was given
 * @param notices of the experiment when it was accepted
 * @param images of each prepared data set, by its id; one that cannot be asked for is absent
 * @param version of the suite
 */
record Study(
    Summary experiment,
    Instant ended,
    String document,
    List<String> notices,
    ExperimentComparison comparison,
    List<LearningRateSearch> searches,
    List<Trained> runs,
    Map<String, Images> images,
    List<Figure> figures,
    String version) {
  Study {
    notices = List.copyOf(notices);
    runs = List.copyOf(runs);
    images = Map.copyOf(images);
    figures = List.copyOf(figures);
  }

  /**
   * A run.
   *
   * @param dataset the heading of its column
   * @param results what was measured of its model; null where nothing was, or it cannot be read
   * @param startSha256 of the weight file that it began with; null where none is known
   * @param weightsSha256 of the weights that it has left; null likewise
   */
  record Trained(
      RunEntity run,
      String dataset,
      EvaluationResults results,
      String startSha256,
      String weightsSha256) {
    /** {@code resnet18 (ImageNet)}. */
    String arm() {
      return run.backbone + " (" + run.initialisation + ")";
    }

    /** Whether it is a row of the table, or would be: no trial of a search, no earlier phase. */
    boolean compared() {
      return run.learningRate == null && run.lastPhase;
    }

    boolean evaluated() {
      return run.state == RunState.SUCCEEDED && run.testMetrics != null;
    }
  }

  /**
   * What the data-service tells of a prepared data set.
   *
   * @param classCounts images per class, by part
   * @param examples pictures of each class
   * @param note why there are none, or not of all classes; null where there is nothing to say
   */
  record Images(
      Map<Split, List<Integer>> classCounts, Copies copies, List<Picture> examples, String note) {
    static final Copies UNKNOWN = new Copies(null, null);
  }

  /** Files that occur twice, and images that look alike; each null where nobody looked. */
  record Copies(Duplicates duplicates, NearDuplicates nearDuplicates) {}

  record Duplicates(int files, int images, int acrossParts, int differingLabels) {}

  record NearDuplicates(int sets, int images, int acrossParts, int differingLabels) {}

  boolean running() {
    return experiment.state() == ExperimentState.RUNNING;
  }

  /** The runs that the table is of. */
  List<Trained> compared() {
    return runs.stream().filter(Trained::compared).toList();
  }

  /** Those that have been tested. */
  List<Trained> evaluated() {
    return compared().stream().filter(Trained::evaluated).toList();
  }

  /** The headings of the data sets, in the order of the table. */
  List<String> datasets() {
    return compared().stream().map(Trained::dataset).distinct().toList();
  }

  Stream<Trained> of(String dataset) {
    return compared().stream().filter(run -> run.dataset().equals(dataset));
  }

  /** A run of {@code dataset} that knows what was prepared. */
  Optional<Trained> prepared(String dataset) {
    return of(dataset).filter(run -> run.run().prepared != null).findFirst();
  }
}
