package org.medtransformers.cli.data;

import java.util.List;
import org.medtransformers.contracts.erasure.DataErasure;
import org.medtransformers.contracts.erasure.Erasure;

/** What was erased, or would be, for people. */
public final class ErasureText {
  private static final String ITEM = "  ";

  private ErasureText() {}

  /** Lines, the last with its end. */
  public static String of(Erasure erasure) {
    StringBuilder text = new StringBuilder();
    if (erasure.sets().isEmpty() && erasure.runs().isEmpty()) {
      text.append("No prepared data set and no run has such images\n");
    }
    part(
        text,
        erasure.dryRun()
            ? "Prepared data sets that would go, to be prepared again without:"
            : "Prepared data sets that go, to be prepared again without:",
        erasure.sets().stream().map(ErasureText::set).toList());
    part(
        text,
        "Runs whose predictions, maps and pictures of them "
            + (erasure.dryRun() ? "would go:" : "go:"),
        erasure.runs().stream()
            .map(run -> "%s %s: %s".formatted(run.id(), run.modelName(), images(run.images())))
            .toList());
    part(text, "Originals, which stay where they are:", erasure.originals());
    part(text, "What else stays:", erasure.kept());
    return text.toString();
  }

  private static String set(DataErasure.Found set) {
    return "%s %s: %s".formatted(set.id(), set.dataset(), images(set.images()));
  }

  private static String images(int count) {
    return count == 0 ? "not known how many images" : count + " images";
  }

  private static void part(StringBuilder text, String title, List<String> items) {
    if (!items.isEmpty()) {
      text.append(title).append('\n');
      items.forEach(item -> text.append(ITEM).append(item).append('\n'));
    }
  }
}
