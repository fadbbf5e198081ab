package org.medtransformers.planning;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/** A time as people write it. */
public final class TimeText {
  private static final Duration LEAST = Duration.ofMinutes(2);
  private static final Duration MOST = Duration.ofDays(14);
  private static final Duration NIGHT = Duration.ofHours(10);
  private static final Pattern WHOLE =
      Pattern.compile("(?:(\\d{1,3})d)?(?:(\\d{1,4})h)?(?:(\\d{1,5})m(?:in)?)?(?:(\\d{1,7})s)?");

  private TimeText() {}

  /**
   * {@code 90s}, {@code 30m}, {@code 1h30m}, {@code 2h}, {@code 1d} or {@code overnight}, which is
   * 10 hours.
   *
   * @throws MedtransException where it is no time, or none in which anything can be compared
   */
  public static Duration read(String text) {
    String time = text.strip().toLowerCase(Locale.ROOT).replace(" ", "");
    Matcher parts = WHOLE.matcher(time);
    if (time.equals("overnight")) {
      return NIGHT;
    }
    if (time.isEmpty() || !parts.matches()) {
      throw refused(text);
    }
    Duration read =
        Duration.ofDays(number(parts.group(1)))
            .plusHours(number(parts.group(2)))
            .plusMinutes(number(parts.group(3)))
            .plusSeconds(number(parts.group(4)));
    if (read.compareTo(LEAST) < 0 || read.compareTo(MOST) > 0) {
      throw refused(text);
    }
    return read;
  }

  private static long number(String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }

  private static MedtransException refused(String text) {
    return MedtransException.of(
        ErrorCode.INVALID_REQUEST,
        "time: found \"%s\", allowed: 2m to 14d, such as 30m, 1h30m, 2h or overnight (10 hours)"
            .formatted(text));
  }
}
