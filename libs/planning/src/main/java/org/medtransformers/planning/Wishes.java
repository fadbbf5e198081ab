package org.medtransformers.planning;

import java.util.regex.Pattern;
import org.medtransformers.contracts.comparison.ComparisonRequest;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/** What may be asked for. */
public final class Wishes {
  private static final int MOST_REPETITIONS = 50;
  private static final int LEAST_SIZE = 32;
  private static final int MOST_SIZE = 384;
  private static final int SIZE_STEP = 16;
  private static final Pattern NAME =
      Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} _.:+()/-]{0,99}");

  private Wishes() {}

  /**
   * Refuses what no data could make possible, before anything is looked at.
   *
   * @throws MedtransException {@link ErrorCode#INVALID_REQUEST} naming the key
   */
  public static void require(ComparisonRequest request) {
    TimeText.read(request.time());
    if (request.data() == null || request.data().isBlank()) {
      throw refused("data", request.data(), "an absolute path of a folder or file");
    }
    Integer repetitions = request.options().repetitions();
    if (repetitions != null && (repetitions < Planner.SEEDS || repetitions > MOST_REPETITIONS)) {
      throw refused("options.repetitions", repetitions, Planner.SEEDS + " to " + MOST_REPETITIONS);
    }
    Integer size = request.options().imageSize();
    if (size != null && (size < LEAST_SIZE || size > MOST_SIZE || size % SIZE_STEP != 0)) {
      throw refused(
          "options.image_size",
          size,
          "%d to %d, in steps of %d".formatted(LEAST_SIZE, MOST_SIZE, SIZE_STEP));
    }
    String name = request.options().name();
    if (name != null && !NAME.matcher(name).matches()) {
      throw refused(
          "options.name", name, "at most 100 letters, digits, blanks and _ . : + ( ) / -");
    }
  }

  private static MedtransException refused(String key, Object found, String allowed) {
    return MedtransException.of(
        ErrorCode.INVALID_REQUEST, "%s: found %s, allowed: %s".formatted(key, found, allowed));
  }
}
