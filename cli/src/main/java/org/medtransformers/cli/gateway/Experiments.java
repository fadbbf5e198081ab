package org.medtransformers.cli.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.result.ExperimentPage;
import org.medtransformers.contracts.result.ExperimentResult.Summary;

/** Finds experiments as people name them. */
public final class Experiments {
  private static final int PAGE = 100;

  private Experiments() {}

  /** All there are, the newest first. */
  public static List<Summary> all(GatewayClient gateway) {
    List<Summary> all = new ArrayList<>();
    ExperimentPage page;
    int number = 0;
    do {
      page = gateway.experiments(number++, PAGE);
      all.addAll(page.items());
    } while (!page.items().isEmpty() && all.size() < page.total());
    return all;
  }

  /**
   * The newest experiment called {@code name}, else the one whose id begins so; without a name the
   * newest of all.
   *
   * @throws MedtransException if there is none, or several ids begin so
   */
  public static Summary find(GatewayClient gateway, Optional<String> name) {
    if (name.isEmpty()) {
      return gateway.experiments(0, 1).items().stream()
          .findFirst()
          .orElseThrow(() -> notFound("there are no experiments yet"));
    }
    List<Summary> all = all(gateway);
    return all.stream()
        .filter(e -> e.name().equals(name.get()))
        .findFirst()
        .orElseGet(() -> byPrefix(all, name.get()));
  }

  private static Summary byPrefix(List<Summary> all, String prefix) {
    List<Summary> found = all.stream().filter(e -> e.id().startsWith(prefix)).toList();
    if (found.size() > 1) {
      throw notFound(
          prefix
              + " is the beginning of several ids: "
              + found.stream().map(Summary::id).collect(Collectors.joining(", ")));
    }
    return found.stream()
        .findFirst()
        .orElseThrow(
            () -> notFound("no experiment has the name " + prefix + " or an id that begins so"));
  }

  private static MedtransException notFound(String message) {
    return MedtransException.of(ErrorCode.NOT_FOUND, message);
  }
}
