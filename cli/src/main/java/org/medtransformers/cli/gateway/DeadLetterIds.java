package org.medtransformers.cli.gateway;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.result.DeadLetterPage;
import org.medtransformers.contracts.result.DeadLetterView;

/** Finds dead letters as people name them. */
public final class DeadLetterIds {
  private static final int PAGE = 100;

  private DeadLetterIds() {}

  /**
   * All there are, the newest first. One that comes meanwhile moves the others to later pages: what
   * is seen twice counts once, and the last page is the one that is not full.
   *
   * @param state as {@link GatewayClient#deadLetters} has it
   */
  public static List<DeadLetterView> all(GatewayClient gateway, String state) {
    Map<String, DeadLetterView> all = new LinkedHashMap<>();
    DeadLetterPage page;
    int number = 0;
    do {
      page = gateway.deadLetters(state, number++, PAGE);
      page.items().forEach(letter -> all.putIfAbsent(letter.id(), letter));
    } while (page.items().size() == PAGE);
    return List.copyOf(all.values());
  }

  /**
   * The letters whose ids begin with {@code beginnings}, each once.
   *
   * @throws MedtransException if one is the beginning of none or of several; nothing was done then
   */
  public static List<DeadLetterView> find(GatewayClient gateway, List<String> beginnings) {
    List<DeadLetterView> all = all(gateway, "all");
    return beginnings.stream().map(beginning -> find(all, beginning)).distinct().toList();
  }

  private static DeadLetterView find(List<DeadLetterView> all, String beginning) {
    List<DeadLetterView> found =
        all.stream().filter(letter -> letter.id().startsWith(beginning)).toList();
    if (found.size() == 1) {
      return found.get(0);
    }
    throw MedtransException.of(
        ErrorCode.NOT_FOUND,
        found.isEmpty()
            ? "no dead letter has an id that begins with " + beginning
            : "%s is the beginning of several ids: %s"
                .formatted(
                    beginning,
                    found.stream().map(DeadLetterView::id).collect(Collectors.joining(", "))));
  }
}
