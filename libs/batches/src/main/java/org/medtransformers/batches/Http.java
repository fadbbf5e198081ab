package org.medtransformers.batches;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.medtransformers.contracts.Backoff;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.error.ProblemDetails;
import org.medtransformers.contracts.http.Exchange;

/** One request, and one request tried again, at one replica or another, until patience runs out. */
final class Http {
  private static final Backoff PAUSES = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));

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
    this.replicas =
        new Replicas(
            settings.replicas(), new Names(InetAddress::getAllByName)::addresses, System::nanoTime);
  }

  /**
   * Runs {@code attempt} until it succeeds, fails for good, patience runs out or it is told to
   * stop; without a pause while there is a replica that has not just failed.
   */
  <T> T retrying(Attempt<T> attempt, BooleanSupplier shouldStop) throws InterruptedException {
    long deadline = System.nanoTime() + settings.patience().toNanos();
    for (int failures = 1; ; failures++) {
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
        Duration wait = replicas.anyPresent() ? Duration.ZERO : PAUSES.after(failures);
        if (System.nanoTime() + wait.toNanos() > deadline || shouldStop.getAsBoolean()) {
          throw unavailable(e);
        }
        Thread.sleep(wait.toMillis());
      }
    }
  }

  /**
   * The body of a successful answer.
   *
   * @throws MedtransException with the code of the problem details
   * @throws IOException if there was no answer
   */
  byte[] send(HttpRequest.Builder builder) throws IOException, InterruptedException {
    HttpRequest request = builder.build();
    HttpResponse<byte[]> response =
        Exchange.send(
            client,
            request,
            BoundedBody.ofAtMost(settings.maxBatchBytes()),
            settings.requestTimeout());
    if (response.statusCode() / 100 == 2) {
      return response.body();
    }
    throw ProblemDetails.read(response.statusCode(), new String(response.body(), UTF_8))
        .exception(request.method() + " " + request.uri());
  }

  /** Asking twice does no harm here, so even a replica's inner error is waited out. */
  private static void giveUpUnlessPassing(Exception failure) {
    if (failure instanceof MedtransException refused) {
      if (!refused.retriable() && refused.code().origin() != ErrorCode.Origin.PLATFORM) {
        throw refused;
      }
    } else if (failure instanceof BoundedBody.TooLongException) {
      throw MedtransException.of(ErrorCode.INTERNAL, failure.getMessage(), failure);
    } else if (!(failure instanceof IOException)) {
      throw MedtransException.of(ErrorCode.INTERNAL, failure.toString(), failure);
    }
  }

  private MedtransException unavailable(Exception last) {
    String reason = last instanceof MedtransException known ? known.getMessage() : last.toString();
    return MedtransException.of(
        ErrorCode.UNAVAILABLE,
        "the data-service at %s does not answer (patience is %s): %s"
            .formatted(addresses(), settings.patience(), reason),
        last);
  }

  private String addresses() {
    return settings.replicas().stream().map(URI::toString).collect(Collectors.joining(", "));
  }
}
