package org.medtransformers.gateway.audit;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.medtransformers.contracts.audit.AuditAction;

/**
 * A kind of request of which the trail tells.
 *
 * @param path as {@code docs/access.md} has it; the first of its ids is the object
 */
record Audited(String method, String path, AuditAction action, Pattern pattern) {
  /** All that change something, and what takes data away. Signing in tells of itself. */
  static final List<Audited> ALL =
      List.of(
          of("POST", "/sign-out", AuditAction.SIGN_OUT),
          of("POST", "/api/v1/sign-in-links", AuditAction.MAKE_SIGN_IN_LINK),
          of("POST", "/api/v1/tokens", AuditAction.MAKE_TOKEN),
          of("DELETE", "/api/v1/tokens/{id}", AuditAction.WITHDRAW_TOKEN),
          of("POST", "/api/v1/comparisons", AuditAction.START_EXPERIMENT),
          of("POST", "/api/v1/comparisons/plan", AuditAction.START_EXPERIMENT),
          of("POST", "/api/v1/experiments", AuditAction.START_EXPERIMENT),
          of("PATCH", "/api/v1/experiments/{id}", AuditAction.CHANGE_EXPERIMENT),
          of("POST", "/api/v1/experiments/{id}/cancel", AuditAction.CANCEL_EXPERIMENT),
          of("DELETE", "/api/v1/experiments/{id}", AuditAction.DELETE_EXPERIMENT),
          of("POST", "/api/v1/runs/{id}/resume", AuditAction.RESUME_RUN),
          of("POST", "/api/v1/runs/{id}/evaluations", AuditAction.EVALUATE_RUN),
          of("POST", "/api/v1/models/{name}/predictions", AuditAction.PREDICT),
          of("GET", "/api/v1/runs/{id}/files/{name}", AuditAction.DOWNLOAD_FILE),
          of("GET", "/api/v1/runs/{id}/predictions", AuditAction.EXPORT_PREDICTIONS),
          of("GET", "/api/v1/models/{name}/export", AuditAction.EXPORT_MODEL),
          of("GET", "/api/v1/experiments/{id}/report", AuditAction.EXPORT_REPORT),
          of("GET", "/api/v1/dead-letters/{id}/value", AuditAction.READ_DEAD_LETTER),
          of("POST", "/api/v1/dead-letters/{id}/replay", AuditAction.REPLAY_DEAD_LETTER),
          of("DELETE", "/api/v1/dead-letters/{id}", AuditAction.DROP_DEAD_LETTER),
          of("POST", "/api/v1/gc", AuditAction.CLEAN_UP),
          of("POST", "/api/v1/erasures", AuditAction.ERASE_DATA));

  private static Audited of(String method, String path, AuditAction action) {
    // A model's name may have slashes.
    String pattern = path.replaceFirst("\\{name}/", "(.+)/").replaceAll("\\{\\w+}", "([^/]+)");
    return new Audited(method, path, action, Pattern.compile(pattern + "/?"));
  }

  /** What a request is, and of what. */
  record Request(AuditAction action, String object) {}

  static Optional<Request> find(String method, String path) {
    return ALL.stream()
        .filter(kind -> kind.method.equals(method))
        .flatMap(kind -> kind.match(path))
        .findFirst();
  }

  private Stream<Request> match(String asked) {
    Matcher matcher = pattern.matcher(asked);
    return matcher.matches()
        ? Stream.of(new Request(action, matcher.groupCount() == 0 ? null : matcher.group(1)))
        : Stream.empty();
  }
}
