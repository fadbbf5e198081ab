package org.medtransformers.cli.gateway;

import static org.medtransformers.contracts.result.ExperimentView.MOST_RUNS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.access.NewToken;
import org.medtransformers.contracts.access.Role;
import org.medtransformers.contracts.access.SignInLink;
import org.medtransformers.contracts.access.TokenView;
import org.medtransformers.contracts.audit.AuditLine;
import org.medtransformers.contracts.audit.AuditVerification;
import org.medtransformers.contracts.comparison.ComparisonPlan;
import org.medtransformers.contracts.comparison.ComparisonRequest;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.erasure.ErasedThing;
import org.medtransformers.contracts.erasure.Erasure;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.error.ProblemDetails;
import org.medtransformers.contracts.http.Exchange;
import org.medtransformers.contracts.result.Cleanup;
import org.medtransformers.contracts.result.Curves;
import org.medtransformers.contracts.result.DeadLetterDetail;
import org.medtransformers.contracts.result.DeadLetterPage;
import org.medtransformers.contracts.result.DeadLetterView;
import org.medtransformers.contracts.result.EvaluationResults;
import org.medtransformers.contracts.result.ExperimentPage;
import org.medtransformers.contracts.result.ExperimentView;
import org.medtransformers.contracts.result.RunPage;
import org.medtransformers.contracts.result.RunView;

/**
 * Speaks to one gateway. Every method throws {@link MedtransException}: with the gateway's own code
 * and text when it refused, {@link ErrorCode#UNAVAILABLE} when it could not be reached.
 */
public final class GatewayClient {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** Many draws from the predictions of many runs, or the removal of what thousands have left. */
  private static final Duration LONG_WORK = Duration.ofMinutes(10);

  /** The same where the gateway says that it is still drawing. */
  private static final Duration WORKED_OUT = Duration.ofHours(2);

  private static final String RETRY_AFTER = "Retry-After";
  private static final int UNAVAILABLE = ErrorCode.UNAVAILABLE.status();

  private static final String AUDIT = "/api/v1/audit";
  private static final String TOKENS = "/api/v1/tokens";

  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final Supplier<URI> base;
  private final Supplier<Optional<String>> token;
  private final Duration answer;
  private final Consumer<String> trace;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();

  /**
   * @param base e.g. {@code http://127.0.0.1:8080}; asked each time, because a gateway may move
   * @param token by which it knows who asks; likewise
   * @param trace hears of every exchange, in one line
   */
  public GatewayClient(
      Supplier<URI> base, Supplier<Optional<String>> token, Consumer<String> trace) {
    this(base, token, trace, ANSWER);
  }

  /**
   * @param answer longest wait for an answer, all of it
   */
  GatewayClient(
      Supplier<URI> base,
      Supplier<Optional<String>> token,
      Consumer<String> trace,
      Duration answer) {
    this.base = base;
    this.token = token;
    this.answer = answer;
    this.trace = trace;
  }

  /**
   * Sends an experiment. The same key again, after an answer that did not arrive, does not make a
   * second one.
   */
  public ExperimentView create(JsonNode document, String idempotencyKey) {
    return read(
        request("/api/v1/experiments")
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", idempotencyKey)
            .POST(BodyPublishers.ofString(Json.write(document))),
        ExperimentView.class);
  }

  /** Asks for an evaluation of a run's model, {@code {evaluation, set}}; likewise. */
  public ExperimentView evaluate(String run, JsonNode request, String idempotencyKey) {
    return read(
        request("/api/v1/runs/" + segment(run) + "/evaluations")
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", idempotencyKey)
            .POST(BodyPublishers.ofString(Json.write(request))),
        ExperimentView.class);
  }

  /** Lets a run go on that has failed or was cancelled; asking again changes nothing. */
  public ExperimentView resume(String run) {
    return read(
        request("/api/v1/runs/" + segment(run) + "/resume").POST(BodyPublishers.noBody()),
        ExperimentView.class);
  }

  /** All that was measured of a run. */
  public EvaluationResults results(String run) {
    return read(request("/api/v1/runs/" + segment(run) + "/results"), EvaluationResults.class);
  }

  /** The curves that go with the results. */
  public Curves curves(String run) {
    String path = "/api/v1/runs/" + segment(run) + "/files/" + Curves.FILE;
    return read(request(path).setHeader("Accept", "*/*"), Curves.class);
  }

  /** With all of its runs, unlike the answers to what is sent. */
  public ExperimentView experiment(String id) {
    ExperimentView view = read(request("/api/v1/experiments/" + segment(id)), ExperimentView.class);
    return view.withRuns(runs(view));
  }

  /** All of them: those that {@code view} has, and the pages after. */
  private List<RunView> runs(ExperimentView view) {
    List<RunView> runs = new ArrayList<>(view.runs());
    while (runs.size() < view.runsTotal()) {
      List<RunView> more = page(view, runs.size() / MOST_RUNS).items();
      if (more.isEmpty()) {
        throw MedtransException.of(
            ErrorCode.INTERNAL,
            "the gateway gives %d of %d runs".formatted(runs.size(), view.runsTotal()));
      }
      runs.addAll(more);
    }
    return runs;
  }

  private RunPage page(ExperimentView view, int page) {
    return read(
        request(
            "/api/v1/experiments/%s/runs?page=%d&size=%d"
                .formatted(segment(view.experiment().id()), page, MOST_RUNS)),
        RunPage.class);
  }

  /** The newest first; {@code page} from 0. */
  public ExperimentPage experiments(int page, int size) {
    return read(
        request("/api/v1/experiments?page=" + page + "&size=" + size), ExperimentPage.class);
  }

  /** One run with its resolved file under {@code config}. */
  public JsonNode run(String id) {
    return read(request("/api/v1/runs/" + segment(id)), JsonNode.class);
  }

  /**
   * The comparison of experiments as text. While the gateway says that it is being worked out, it
   * is asked for again.
   *
   * @param ids of experiments, at least one, whose runs come into one table
   * @param format one of the gateway's: {@code text}, {@code md}, {@code csv}, …
   */
  public String comparison(List<String> ids, String format) {
    String with =
        ids.stream().skip(1).map(id -> "&with=" + segment(id)).collect(Collectors.joining());
    HttpRequest.Builder request =
        request(
                "/api/v1/experiments/%s/comparison?format=%s%s"
                    .formatted(segment(ids.get(0)), segment(format), with))
            .setHeader("Accept", "*/*");
    return new String(whenReady(request), StandardCharsets.UTF_8);
  }

  /**
   * The report of an experiment; likewise.
   *
   * @param format {@code html}, {@code md}, {@code latex} or {@code zip}
   * @param images whether it shows example images
   */
  public byte[] report(String experimentId, String format, boolean images) {
    return whenReady(
        request(
                "/api/v1/experiments/%s/report?format=%s&images=%s"
                    .formatted(segment(experimentId), segment(format), images))
            .setHeader("Accept", "*/*"));
  }

  /**
   * The plan of a comparison, which takes looking at all images and measuring.
   *
   * @param progress hears how far it is, once of each step
   * @param stop ends the wait
   */
  public ComparisonPlan plan(
      ComparisonRequest wish, Consumer<String> progress, BooleanSupplier stop) {
    String[] said = {""};
    byte[] plan =
        whenReady(
            request("/api/v1/comparisons/plan")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.write(wish))),
            response -> {
              if (stop.getAsBoolean()) {
                throw MedtransException.of(
                    ErrorCode.UNAVAILABLE, "stopped before there was a plan");
              }
              String now =
                  refusal(UNAVAILABLE, new String(response.body(), StandardCharsets.UTF_8))
                      .getMessage();
              if (!now.equals(said[0])) {
                progress.accept(now);
                said[0] = now;
              }
            });
    return Json.read(new String(plan, StandardCharsets.UTF_8), ComparisonPlan.class);
  }

  private byte[] whenReady(HttpRequest.Builder request) {
    return whenReady(request, response -> {});
  }

  private byte[] whenReady(
      HttpRequest.Builder request, Consumer<HttpResponse<byte[]>> whileWaiting) {
    long giveUp = System.nanoTime() + WORKED_OUT.toNanos();
    while (true) {
      HttpResponse<byte[]> response = exchange(request, BodyHandlers.ofByteArray(), LONG_WORK);
      Optional<String> retryAfter = response.headers().firstValue(RETRY_AFTER);
      if (response.statusCode() != UNAVAILABLE
          || retryAfter.isEmpty()
          || System.nanoTime() - giveUp > 0) {
        return bytes(response);
      }
      whileWaiting.accept(response);
      pause(retryAfter.get());
    }
  }

  private static void pause(String seconds) {
    try {
      TimeUnit.SECONDS.sleep(Long.parseLong(seconds));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw MedtransException.of(ErrorCode.UNAVAILABLE, "stopped before there was an answer", e);
    } catch (NumberFormatException e) {
      throw MedtransException.of(
          ErrorCode.INTERNAL, "the gateway says " + RETRY_AFTER + ": " + seconds, e);
    }
  }

  /**
   * What happens in an experiment, as it happens. The caller closes it.
   *
   * @param after id of the last event that is known; 0: from the start
   */
  public EventFeed events(String experimentId, long after) {
    HttpResponse<InputStream> response =
        exchange(
            request("/api/v1/experiments/" + segment(experimentId) + "/events")
                .setHeader("Accept", "text/event-stream")
                .header("Last-Event-ID", Long.toString(after)),
            GatewayClient::stream,
            answer);
    if (response.statusCode() >= 300) {
      throw refusal(response.statusCode(), text(response.body()));
    }
    return new EventFeed(response.body());
  }

  /** Asks for an end at the next checkpoint; returns before it is reached. */
  public void cancel(String experimentId) {
    send(
        request("/api/v1/experiments/" + segment(experimentId) + "/cancel")
            .POST(BodyPublishers.noBody()),
        answer);
  }

  /**
   * The newest first; {@code page} from 0.
   *
   * @param state {@code waiting}, {@code replayed}, {@code dropped} or {@code all}
   */
  public DeadLetterPage deadLetters(String state, int page, int size) {
    return read(
        request("/api/v1/dead-letters?state=%s&page=%d&size=%d".formatted(state, page, size)),
        DeadLetterPage.class);
  }

  public DeadLetterDetail deadLetter(String id) {
    return read(request(deadLetterPath(id)), DeadLetterDetail.class);
  }

  /** The value of the record, all of it, as it came. */
  public byte[] deadLetterValue(String id) {
    return bytes(
        exchange(
            request(deadLetterPath(id) + "/value").setHeader("Accept", "*/*"),
            BodyHandlers.ofByteArray(),
            answer));
  }

  /** Sends the record to its topic again; for an answer that did not arrive, ask again. */
  public DeadLetterView replay(String id) {
    return read(
        request(deadLetterPath(id) + "/replay").POST(BodyPublishers.noBody()),
        DeadLetterView.class);
  }

  /** The record is not to be sent again; likewise. */
  public void drop(String id) {
    send(request(deadLetterPath(id)).DELETE(), answer);
  }

  private static String deadLetterPath(String id) {
    return "/api/v1/dead-letters/" + segment(id);
  }

  /** Removes what nobody needs any more, or with {@code dryRun} only tells what that is. */
  public Cleanup clean(boolean dryRun) {
    return read(
        request("/api/v1/gc?dry_run=" + dryRun).POST(BodyPublishers.noBody()),
        LONG_WORK,
        Cleanup.class);
  }

  /**
   * Erases a patient's or lesion's images, or one, or with {@code dryRun} only tells what that is.
   *
   * @param name which may be a patient's id: it is sent in the body alone
   * @param dataset the only kind of data set that is meant; null: all
   */
  public Erasure erase(ErasedThing thing, String name, DatasetName dataset, boolean dryRun) {
    ObjectNode wish = Json.mapper().createObjectNode();
    wish.put("thing", thing.label()).put("name", name).put("dryRun", dryRun);
    if (dataset != null) {
      wish.put("dataset", dataset.label());
    }
    return read(
        request("/api/v1/erasures")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(Json.write(wish))),
        LONG_WORK,
        Erasure.class);
  }

  /** A link that signs a browser in as whoever this client asks for. */
  public SignInLink signInLink() {
    return read(request("/api/v1/sign-in-links").POST(BodyPublishers.noBody()), SignInLink.class);
  }

  /**
   * Makes a token for a program.
   *
   * @param days for which it is good
   */
  public NewToken makeToken(String name, Role role, int days) {
    Map<String, Object> wish = Map.of("name", name, "role", role, "days", days);
    return read(
        request(TOKENS)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(Json.write(wish))),
        NewToken.class);
  }

  /** The newest first. */
  public List<TokenView> tokens() {
    return List.of(read(request(TOKENS), TokenView[].class));
  }

  /** Makes a token worthless. */
  public void withdrawToken(String id) {
    send(request(TOKENS + "/" + segment(id)).DELETE(), answer);
  }

  /** Lines of the audit trail, the newest first. */
  public List<AuditLine> audit(AuditQuery query) {
    String asked =
        query.parameters().entrySet().stream()
            .map(parameter -> parameter.getKey() + "=" + segment(parameter.getValue().toString()))
            .collect(Collectors.joining("&"));
    return List.of(read(request(AUDIT + "?" + asked), AuditLine[].class));
  }

  /**
   * Whether its lines fit each other.
   *
   * @param head what it ended with before, as {@code number:hash}; null without
   */
  public AuditVerification verifyAudit(String head) {
    String kept = head == null ? "" : "?head=" + segment(head);
    return read(request(AUDIT + "/verification" + kept), AuditVerification.class);
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.get().resolve(path)).header("Accept", "application/json");
    token.get().ifPresent(known -> request.header("Authorization", "Bearer " + known));
    return request;
  }

  private static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private <T> T read(HttpRequest.Builder request, Class<T> type) {
    return read(request, answer, type);
  }

  private <T> T read(HttpRequest.Builder request, Duration limit, Class<T> type) {
    String body = send(request, limit);
    try {
      return Json.read(body, type);
    } catch (UncheckedIOException e) {
      throw MedtransException.of(
          ErrorCode.INTERNAL,
          base.get() + " does not answer as a gateway does: " + e.getMessage(),
          e);
    }
  }

  /** A stream of what goes well; a refusal is no stream and comes whole. */
  private static BodySubscriber<InputStream> stream(ResponseInfo answer) {
    return answer.statusCode() < 300
        ? BodySubscribers.ofInputStream()
        : BodySubscribers.mapping(BodySubscribers.ofByteArray(), ByteArrayInputStream::new);
  }

  private static String text(InputStream body) {
    try (body) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  private String send(HttpRequest.Builder builder, Duration limit) {
    return body(exchange(builder, BodyHandlers.ofString(), limit));
  }

  private static String body(HttpResponse<String> response) {
    if (response.statusCode() >= 300) {
      throw refusal(response.statusCode(), response.body());
    }
    return response.body();
  }

  private static byte[] bytes(HttpResponse<byte[]> response) {
    if (response.statusCode() >= 300) {
      throw refusal(response.statusCode(), new String(response.body(), StandardCharsets.UTF_8));
    }
    return response.body();
  }

  private static MedtransException refusal(int status, String body) {
    return ProblemDetails.read(status, body).exception("the gateway");
  }

  private <T> HttpResponse<T> exchange(
      HttpRequest.Builder builder, BodyHandler<T> handler, Duration limit) {
    HttpRequest request = builder.build();
    try {
      HttpResponse<T> response = Exchange.send(http, request, handler, limit);
      trace.accept(request.method() + " " + request.uri() + " → " + response.statusCode());
      return response;
    } catch (IOException e) {
      trace.accept(request.method() + " " + request.uri() + " → " + e);
      throw MedtransException.of(
          ErrorCode.UNAVAILABLE, "no answer from the gateway at " + base.get() + " (" + e + ")", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw MedtransException.of(ErrorCode.INTERNAL, "interrupted", e);
    }
  }
}
