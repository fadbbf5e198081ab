package org.medtransformers.imaging.prepare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.data.SplitSizes;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.imaging.dataset.Notices;

/**
 * Which metrics the validation and test images cannot have, by the classes that they show.
 *
 * @param counts images per class, by part
 */
record HeldOutClasses(
    DatasetDescription description, SplitSizes sizes, Map<Split, List<Integer>> counts) {

  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    Stream.of(Split.VAL, Split.TEST)
        .filter(part -> sizes.of(part) > 0)
        .forEach(
            part -> {
              if (description.task() == Task.MULTI_LABEL) {
                withoutRanking(part, warnings);
              } else if (classes(c -> of(part, c) > 0).size() == 1) {
                warnings.add(
                    "all %d %s images show %s: ROC-AUC and kappa are undefined there"
                        .formatted(
                            sizes.of(part), part.label(), classes(c -> of(part, c) > 0).get(0)));
              } else {
                missing(part, warnings);
              }
            });
    return warnings;
  }

  private void withoutRanking(Split part, List<String> warnings) {
    List<String> all = classes(c -> of(part, c) == 0 || of(part, c) == sizes.of(part));
    if (!all.isEmpty()) {
      warnings.add(
          "all or none of the %d %s images show %s: ROC-AUC is undefined there"
              .formatted(sizes.of(part), part.label(), Notices.named(all, ", ")));
    }
  }

  private void missing(Split part, List<String> warnings) {
    List<String> missing = classes(c -> of(part, c) == 0 && of(Split.TRAIN, c) > 0);
    if (!missing.isEmpty()) {
      warnings.add(
          "no %s image shows %s: the macro means there are over the other classes, and where it is"
                  .formatted(part.label(), Notices.named(missing, ", "))
              + " predicted it counts as 0");
    }
  }

  private List<String> classes(IntPredicate wanted) {
    return IntStream.range(0, description.classes().size())
        .filter(wanted)
        .mapToObj(description.classes()::get)
        .toList();
  }

  private int of(Split part, int label) {
    return counts.get(part).get(label);
  }
}
