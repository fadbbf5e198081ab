package org.medtransformers.files.download;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.medtransformers.contracts.Backoff;

/**
 * One file brought by HTTP into a partial file, going on where an earlier attempt stopped. Whether
 * the result is the right file is for the caller to find out.
 */
public final class Download {
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final int NOT_SATISFIABLE = 416;
  private static final int TOO_MANY_REQUESTS = 429;

  /**
   * How patient a download is.
   *
   * @param connect longest wait for a connection and for the answer to begin
   * @param stall longest wait for more of it
   * @param attempts in a row that bring nothing, after which it is given up
   * @param pause before the second of them, doubled before each further one, a minute at most
   */
  public record Patience(Duration connect, Duration stall, int attempts, Duration pause) {
    public static final Patience DEFAULT =
        new Patience(Duration.ofSeconds(15), Duration.ofSeconds(30), 4, Duration.ofSeconds(1));
  }

  private final URI url;
  private final Path part;
  private final Patience patience;
  private final Backoff pauses;
  private final Proxies proxies;
  private final HttpClient client;
  private final AtomicLong total = new AtomicLong();

  /**
   * @param part where the file is gathered; what an earlier attempt left is gone on with
   */
  public Download(URI url, Path part, Patience patience) {
    this(url, part, patience, new Proxies());
  }

  Download(URI url, Path part, Patience patience, Proxies proxies) {
    this.proxies = proxies;
    this.url = url;
    this.part = part;
    this.patience = patience;
    this.pauses = new Backoff(patience.pause(), LONGEST_PAUSE);
    this.client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .proxy(proxies)
            .connectTimeout(patience.connect())
            .build();
  }

  /**
   * Downloads the rest of the file.
   *
   * @return false if it was told to stop; what has come so far stays
   * @throws IOException if it is given up, naming the proxy; what has come so far stays
   */
  public boolean run(String name, Transfer transfer) throws IOException, InterruptedException {
    int fruitless = 0;
    while (!transfer.stopped()) {
      long before = length();
      try {
        if (attempt(name, before, transfer)) {
          force();
          return true;
        }
      } catch (RefusedException e) {
        throw givenUp(e);
      } catch (IOException e) {
        fruitless = length() > before ? 1 : fruitless + 1;
        if (fruitless >= patience.attempts()) {
          throw givenUp(e);
        }
        pause(pauses.after(fruitless), transfer);
      }
    }
    return false;
  }

  private IOException givenUp(IOException e) {
    String what = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new IOException(what + ", " + proxies.describe(url), e);
  }

  /** Whether the file is complete; false if it was told to stop. */
  private boolean attempt(String name, long offset, Transfer transfer)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(url).timeout(patience.connect());
    if (offset > 0) {
      request.header("Range", "bytes=" + offset + "-");
    }
    CompletableFuture<HttpResponse<Path>> answer =
        client.sendAsync(request.build(), info -> receive(info, offset));
    long seen = offset;
    long seenAt = System.nanoTime();
    while (true) {
      try {
        check(answer.get(POLL.toMillis(), TimeUnit.MILLISECONDS), offset);
        transfer.progress().at(name, length(), total.get());
        return true;
      } catch (TimeoutException e) {
        if (transfer.stopped()) {
          answer.cancel(true);
          return false;
        }
        long length = length();
        if (length != seen) {
          seen = length;
          seenAt = System.nanoTime();
          transfer.progress().at(name, length, total.get());
        } else if (System.nanoTime() - seenAt > patience.stall().toNanos()) {
          answer.cancel(true);
          throw new IOException("nothing came for " + patience.stall().toSeconds() + " s");
        }
      } catch (ExecutionException e) {
        throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
      }
    }
  }

  /** Appends the rest, writes the whole anew, or drops what is no file. */
  private BodySubscriber<Path> receive(ResponseInfo info, long offset) {
    long length = info.headers().firstValueAsLong("Content-Length").orElse(0);
    if (info.statusCode() == 206 && continues(info, offset)) {
      total.set(offset + length);
      return BodySubscribers.ofFile(part, CREATE, WRITE, APPEND);
    }
    if (info.statusCode() == 200) {
      total.set(length);
      return BodySubscribers.ofFile(part, CREATE, WRITE, TRUNCATE_EXISTING);
    }
    return BodySubscribers.replacing(part);
  }

  private static boolean continues(ResponseInfo info, long offset) {
    return info.headers()
        .firstValue("Content-Range")
        .filter(range -> range.startsWith("bytes " + offset + "-"))
        .isPresent();
  }

  private void check(HttpResponse<Path> answer, long offset) throws IOException {
    int status = answer.statusCode();
    String range = answer.headers().firstValue("Content-Range").orElse("");
    if (status == 200 || (status == 206 && range.startsWith("bytes " + offset + "-"))) {
      return;
    }
    if (status == NOT_SATISFIABLE && range.equals("bytes */" + offset)) {
      // The file was complete before this attempt.
      return;
    }
    if (status == 206 || status == NOT_SATISFIABLE) {
      Files.deleteIfExists(part);
      throw new IOException("the server cannot go on at byte " + offset);
    }
    if (status >= 500 || status == TOO_MANY_REQUESTS) {
      throw new IOException("the server answers with status " + status);
    }
    throw new RefusedException("the server answers with status " + status);
  }

  private static void pause(Duration time, Transfer transfer) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end && !transfer.stopped()) {
      Thread.sleep(POLL.toMillis());
    }
  }

  private void force() throws IOException {
    try (FileChannel channel = FileChannel.open(part, WRITE)) {
      channel.force(true);
    }
  }

  private long length() throws IOException {
    return Files.exists(part) ? Files.size(part) : 0;
  }

  /** An answer that will not change. */
  private static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
      super(message);
    }
  }
}
