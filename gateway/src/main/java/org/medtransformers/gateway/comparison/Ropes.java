package org.medtransformers.gateway.comparison;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.medtransformers.contracts.result.PairedComparison.Model;
import org.medtransformers.statistics.PairedComparisons;

/** Which differences do not matter on a data set, as the files of its runs say. */
final class Ropes {
  private Ropes() {}

  /**
   * What pairs of models are compared by: of runs that say differently the smallest region, by
   * which less is equivalent.
   *
   * @param own runs of one data set
   */
  static PairedComparisons.Terms terms(List<Compared> own) {
    Map<Model, Double> smallest =
        own.stream().collect(Collectors.toMap(Compared::model, Ropes::rope, Math::min));
    return new PairedComparisons.Terms(
        own.get(0).run().prepared.description().classes(), smallest::get);
  }

  /** Says where {@code own} do not say the same. */
  static Optional<String> note(List<Compared> own) {
    List<String> all = own.stream().map(Ropes::rope).distinct().sorted().map(r -> "±" + r).toList();
    return all.size() == 1
        ? Optional.empty()
        : Optional.of(
            "%s: what does not matter is %s by the files of its runs; of two models the smallest counts"
                .formatted(own.get(0).dataset(), String.join(" and ", all)));
  }

  private static double rope(Compared run) {
    return run.run().file().config().medtrans().comparison().rope();
  }
}
