package org.medtransformers.imaging.dataset;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.medtransformers.contracts.data.Split;

/** The folders that divide a data set into parts, by their names. */
final class PartFolders {
  static final String ALLOWED =
      "allowed are train (or training), test (or testing) and, or not, one of val, valid and"
          + " validation, in capital letters or not, each once and with the class folders in it;"
          + " or one folder per class";

  private static final Map<String, Split> NAMES =
      Map.of(
          "train",
          Split.TRAIN,
          "training",
          Split.TRAIN,
          "val",
          Split.VAL,
          "valid",
          Split.VAL,
          "validation",
          Split.VAL,
          "test",
          Split.TEST,
          "testing",
          Split.TEST);

  /** What nobody would call a class: {@code train_images}, {@code Test Set}, {@code val2}. */
  private static final Pattern LIKE_A_PART =
      Pattern.compile(
          "(train(ing)?|val(id(ation)?)?|dev|test(ing)?)"
              + "([ _.-]?(set|data|dataset|images?|imgs?|split|part|folder|\\d+))*s?",
          Pattern.CASE_INSENSITIVE);

  private PartFolders() {}

  /** Whether {@code folder} is called as a part is, or nearly. */
  static boolean isLikeOne(String folder) {
    return LIKE_A_PART.matcher(folder).matches();
  }

  /** The part that a folder called {@code name} is; empty for any other. */
  static Optional<Split> part(String name) {
    return Optional.ofNullable(NAMES.get(name.toLowerCase(Locale.ROOT)));
  }

  /**
   * The folder of each part; empty where these are not parts of a data set, each once, with
   * training and test among them.
   */
  static Optional<Map<Split, String>> of(List<String> folders) {
    Map<Split, String> parts = new EnumMap<>(Split.class);
    for (String folder : folders) {
      Split part = NAMES.get(folder.toLowerCase(Locale.ROOT));
      if (part == null || parts.put(part, folder) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(parts).filter(p -> p.containsKey(Split.TRAIN) && p.containsKey(Split.TEST));
  }
}
