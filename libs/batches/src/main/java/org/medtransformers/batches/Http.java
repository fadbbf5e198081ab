package org.medtransformers.batches;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/** One request, and one request tried again, at one replica or another, until patience runs out. */
final class Http {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  /** Something that may fail for a while, or at one replica. */
  interface Attempt<T> {
    T at(URI replica) throws Exception;
  }

  private final HttpClient client;
  private final BatchSettings settings;
  private final Replicas replicas;

  Http(HttpClient client, BatchSettings settings) {
    this.client = client;
    this.settings = settings;
    this.replicas = new Replicas(settings.replicas(), System::nanoTime);
  }

  /**
   * Runs {@code attempt} until it succeeds, fails for good, patience runs out or it is told to
   * stop; without a pause while there is a replica that has not just failed.
   */
  <T> T retrying(Attempt<T> attempt, BooleanSupplier shouldStop) throws InterruptedException {
    long deadline = System.nanoTime() + settings.patience().toNanos();
    Duration pause = FIRST_PAUSE;
    while (true) {
      URI replica = replicas.next();
      try {
        T result = attempt.at(replica);
        replicas.answered(replica);
        return result;
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        giveUpUnlessPassing(e);
        replicas.failed(replica, e);
        Duration wait = replicas.anyPresent() ? Duration.ZERO : pause;
        if (System.nanoTime() + wait.toNanos() > deadline || shouldStop.getAsBoolean()) {
          throw unavailable(e);
        }
        Thread.sleep(wait.toMillis());
        pause = min(pause.multipliedBy(2), LONGEST_PAUSE);
      }
    }
  }

  /**
   * The body of a successful answer.
   *
   * @throws MedtransException with the code of the problem details; retriable for 5xx and 429
   * @throws IOException if there was no answer
   */
  byte[] send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = exchange(request.build());
    if (response.statusCode() / 100 == 2) {
      return response.body();
    }
    throw Problem.read(response).toException();
  }

  /** The JDK's own timeout ends with the headers; this one covers the body too. */
  private HttpResponse<byte[]> exchange(HttpRequest request)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, BoundedBody.ofAtMost(settings.maxBatchBytes()));
    try {
      return answer.get(settings.requestTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException("no answer within " + settings.requestTimeout(), e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BoundedBody.TooLongException tooLong) {
        throw tooLong;
      }
      throw new IOException(e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  private static void giveUpUnlessPassing(Exception failure) {
    if (failure instanceof MedtransException refused) {
      if (!refused.retriable()) {
        throw refused;
      }
    } else if (failure instanceof BoundedBody.TooLongException) {
      throw MedtransException.of(ErrorCode.INTERNAL, failure.getMessage(), failure);
    } else if (!(failure instanceof IOException)) {
      throw MedtransException.of(ErrorCode.INTERNAL, failure.toString(), failure);
    }
  }

  private MedtransException unavailable(Exception last) {
    return MedtransException.retriable(
        ErrorCode.UNAVAILABLE,
        "the data-service at %s does not answer (patience is %s): %s"
            .formatted(addresses(), settings.patience(), last.getMessage()),
        last);
  }

  private String addresses() {
    return settings.replicas().stream().map(URI::toString).collect(Collectors.joining(", "));
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
