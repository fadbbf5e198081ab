package org.medtransformers.data.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.inject.Singleton;
import java.net.URLDecoder;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.medtransformers.contracts.ServiceName;
import org.medtransformers.service.access.internal.PeerPolicy;
import org.medtransformers.tokens.PeerToken;

/**
 * Images are patients'. A worker gets the batches and the contact sheet of the loader that its
 * token names, and what is known of the images of a data set; the gateway gets everything but
 * batches, pictures in somebody's name, who was asked for it there.
 */
@Singleton
final class WhoMayAsk implements PeerPolicy {
  /** Paths as clients write them: by another spelling the rules below would not know them. */
  private static final Pattern PLAIN = Pattern.compile("(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+");

  private static final Pattern BATCH =
      Pattern.compile("/api/v1/loaders/([^/]+)/epochs/[^/]+/batches/[^/]+");
  private static final Pattern SHEET = Pattern.compile("/api/v1/loaders/([^/]+)/preview");

  private static final String LOADERS = "/api/v1/loaders";
  private static final Pattern IMAGES = Pattern.compile("/api/v1/datasets/[^/]+/images");

  private static final List<Pattern> PICTURES =
      List.of(
          SHEET,
          Pattern.compile("/api/v1/loaders/[^/]+/steps/[^/]+"),
          Pattern.compile("/api/v1/datasets/[^/]+/images/[^/]+"));

  @Override
  public Optional<String> refusal(PeerToken asking, String method, String path) {
    return asking.issuer() == ServiceName.GATEWAY
        ? ofGateway(asking, path)
        : ofWorker(asking, method, path);
  }

  private static Optional<String> ofGateway(PeerToken asking, String path) {
    if (decoded(path).contains("/epochs/")) {
      return Optional.of("batches are for those that train and evaluate");
    }
    boolean picture =
        !PLAIN.matcher(path).matches()
            || PICTURES.stream().anyMatch(pattern -> pattern.matcher(path).matches());
    return picture && asking.about().person().isEmpty()
        ? Optional.of("the token does not say who wants to see the picture")
        : Optional.empty();
  }

  /** As whoever looks for the resource may read it. */
  private static String decoded(String path) {
    try {
      return URLDecoder.decode(path, UTF_8);
    } catch (IllegalArgumentException e) {
      // Malformed: nobody reads it in another way.
      return path;
    }
  }

  private static Optional<String> ofWorker(PeerToken asking, String method, String path) {
    if (!PLAIN.matcher(path).matches()) {
      return notForWorkers();
    }
    if (method.equals("POST")) {
      return path.equals(LOADERS) ? Optional.empty() : notForWorkers();
    }
    for (Pattern ofLoader : List.of(BATCH, SHEET)) {
      Matcher asked = ofLoader.matcher(path);
      if (asked.matches()) {
        return asking.isAbout(asked.group(1))
            ? Optional.empty()
            : Optional.of("the token is not for the loader " + asked.group(1));
      }
    }
    return IMAGES.matcher(path).matches() ? Optional.empty() : notForWorkers();
  }

  private static Optional<String> notForWorkers() {
    return Optional.of("this is not for services that train or evaluate");
  }
}
