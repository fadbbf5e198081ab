package org.medtransformers.cli.progress;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.medtransformers.contracts.result.DeadLetterDetail;
import org.medtransformers.contracts.result.DeadLetterView;

/**
 * Dead letters for a terminal. Whoever sent the record wrote most of this: nothing of it may steer
 * the terminal or pass for something else.
 */
public final class LetterText {
  private static final String NONE = "–";
  private static final int ID = 8;
  private static final int REASON = 76;

  /** Besides controls: what changes the direction of text, is not seen, or is half a character. */
  private static final Pattern UNSAFE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

  private LetterText() {}

  /** A line of facts and one with the reason for each, within 80 columns where texts allow it. */
  public static String list(List<DeadLetterView> letters) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("id", "state", "topic", "put aside (UTC)", "bytes"));
    letters.forEach(letter -> rows.add(row(letter)));
    List<String> lines = Columns.render(rows).lines().toList();
    StringBuilder text = new StringBuilder(lines.get(0)).append('\n');
    for (int i = 0; i < letters.size(); i++) {
      text.append(lines.get(i + 1)).append('\n');
      text.append("    ").append(shortened(safe(letters.get(i).reason()))).append('\n');
    }
    return text.toString();
  }

  private static List<String> row(DeadLetterView letter) {
    return List.of(
        letter.id().substring(0, Math.min(ID, letter.id().length())),
        letter.state().name().toLowerCase(Locale.ROOT),
        safe(letter.topic()),
        letter.at().truncatedTo(ChronoUnit.SECONDS).toString().replaceAll("[TZ]", " ").strip(),
        String.valueOf(letter.bytes()));
  }

  private static String shortened(String text) {
    return text.length() <= REASON ? text : text.substring(0, REASON - 1) + "…";
  }

  /** All that is known of one, and the beginning of its value. */
  public static String page(DeadLetterDetail detail) {
    DeadLetterView letter = detail.letter();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("id", letter.id()));
    rows.add(List.of("state", state(letter)));
    rows.add(
        List.of(
            "from",
            "%s, partition %s, offset %s"
                .formatted(
                    safe(letter.topic()), known(letter.partition()), known(letter.offset()))));
    rows.add(List.of("put aside", "%s by %s".formatted(letter.at(), known(letter.service()))));
    rows.add(List.of("reason", safe(letter.reason())));
    rows.add(List.of("key", known(letter.key())));
    detail.headers().forEach(h -> rows.add(List.of("header " + safe(h.name()), known(h.value()))));
    rows.add(List.of("value", size(detail)));
    String value =
        detail.text() == null
            ? ""
            : detail.text().lines().map(LetterText::safe).collect(Collectors.joining("\n")) + "\n";
    return Columns.render(rows) + value;
  }

  private static String state(DeadLetterView letter) {
    String state = letter.state().name().toLowerCase(Locale.ROOT);
    return letter.settled() == null ? state : state + " at " + letter.settled();
  }

  private static String size(DeadLetterDetail detail) {
    String bytes = detail.letter().bytes() + " bytes";
    if (!detail.letter().kept()) {
      return bytes + ", too many to be kept: it cannot be replayed";
    }
    return detail.truncated() ? bytes + ", which begin so (--raw FILE writes all):" : bytes;
  }

  private static String known(Object value) {
    return Objects.toString(value, "").isEmpty() ? NONE : safe(value.toString());
  }

  /** With escapes in place of what a terminal would not show. */
  static String safe(String text) {
    return UNSAFE
        .matcher(text)
        .replaceAll(found -> "\\\\u%04x".formatted((int) found.group().charAt(0)));
  }
}
