package org.medtransformers.planning;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.medtransformers.contracts.comparison.DataLook;
import org.medtransformers.contracts.data.UsedSplit;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/** What a data set must have to be compared on, and what is to be told of it. */
final class DataRules {
  /** Of each class, so that each part gets one. */
  private static final int LEAST_OF_CLASS = 10;

  private static final int LEAST_UNITS = 10;
  private static final int LEAST_TRAINING = 8;
  private static final double MOST_UNREADABLE = 0.05;

  private DataRules() {}

  /**
   * Refuses what nothing can be learned or said of.
   *
   * @throws MedtransException {@link ErrorCode#DATASET_INVALID}, or {@link
   *     ErrorCode#IMAGE_UNREADABLE} where too many images are
   */
  static void require(DataLook look) {
    requireReadable(look);
    if (look.divided()) {
      requireParts(look);
    } else {
      requireClasses(look);
    }
  }

  private static void requireReadable(DataLook look) {
    int all = look.images() + look.unreadable();
    if (look.unreadable() > MOST_UNREADABLE * all || look.images() == 0) {
      throw MedtransException.of(
          ErrorCode.IMAGE_UNREADABLE,
          "%s: %d of %d images cannot be read, allowed are %.0f %%: %s"
              .formatted(
                  look.title(),
                  look.unreadable(),
                  all,
                  100 * MOST_UNREADABLE,
                  String.join("; ", look.unreadableExamples())));
    }
  }

  private static void requireClasses(DataLook look) {
    if (Division.units(look) < LEAST_UNITS) {
      throw invalid(
          look,
          "found %d %s, allowed: %d, so that each part gets some"
              .formatted(Division.units(look), Division.unit(look), LEAST_UNITS));
    }
    List<String> few =
        IntStream.range(0, look.classes().size())
            .filter(c -> look.classCounts().get(c) < LEAST_OF_CLASS)
            .mapToObj(c -> "%s (%d)".formatted(look.classes().get(c), look.classCounts().get(c)))
            .toList();
    if (!few.isEmpty()) {
      throw invalid(
          look,
          "found %d images or fewer of %s; allowed: %d of each class, so that each part gets one"
              .formatted(
                  LEAST_OF_CLASS - 1,
                  few.stream().limit(10).collect(Collectors.joining(", ")),
                  LEAST_OF_CLASS));
    }
  }

  private static void requireParts(DataLook look) {
    if (look.leastTraining() == 0
        || look.leastTest() == 0
        || look.parts().train() < LEAST_TRAINING) {
      throw invalid(
          look,
          "its own parts have %d training, %d validation and %d test images, of the rarest class %d"
                  .formatted(
                      look.parts().train(),
                      look.parts().val(),
                      look.parts().test(),
                      look.leastTraining())
              + " and %d to train and test; allowed: %d to train, one of each class in both"
                  .formatted(look.leastTest(), LEAST_TRAINING));
    }
  }

  private static MedtransException invalid(DataLook look, String problem) {
    return MedtransException.of(ErrorCode.DATASET_INVALID, look.title() + ": " + problem);
  }

  /** What a reader of the result must know of the data. */
  static List<String> notices(DataLook look) {
    String divided = look.divided() ? "" : "as it is divided by default: ";
    List<String> notices = new ArrayList<>();
    look.problems().forEach(problem -> notices.add(divided + problem));
    look.notices().forEach(notice -> notices.add(divided + notice));
    boolean said = look.notices().stream().anyMatch(n -> n.contains(UsedSplit.WITHOUT_GROUPS));
    if (look.groups() == 0 && !said) {
      notices.add("no patients or lesions are known: " + UsedSplit.WITHOUT_GROUPS);
    }
    if (look.unreadable() > 0) {
      notices.add(
          "%d images cannot be read and are left out: %s"
              .formatted(look.unreadable(), String.join("; ", look.unreadableExamples())));
    }
    if (Division.units(look) < Division.FEW) {
      notices.add(
          "%d %s are few: expect wide intervals and an open verdict"
              .formatted(Division.units(look), Division.unit(look)));
    }
    return notices;
  }
}
