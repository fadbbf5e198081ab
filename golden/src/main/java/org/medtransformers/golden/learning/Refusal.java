package org.medtransformers.golden.learning;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.learning.weights.WeightFile;
import org.medtransformers.parity.Comparison;

/**
 * Whether a hostile weight file is refused with an ordinary error, quickly, with little memory and
 * without running what it holds.
 *
 * @param required false if reading it is no mistake, as long as it does no harm
 */
record Refusal(Path file, boolean required) {
  /** What a file would create that was run. */
  private static final String TRACE = "GOLDEN_PWNED";

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long MEMORY = 32L << 20;

  /** The error, or empty if the file was read; and the bytes that were allocated meanwhile. */
  private record Attempt(String error, long allocated) {}

  void check(Comparison comparison) {
    List<Path> before = traces();
    if (!before.isEmpty()) {
      throw invalid(before.get(0) + " is there already; remove it");
    }
    Attempt attempt = attempt();
    comparison.equal("traces of the file", List.of(), traces());
    comparison.equal("much memory taken", false, attempt.allocated() > MEMORY);
    if (required) {
      comparison.equal("refused", true, !attempt.error().isEmpty());
    }
  }

  /** On a thread of its own, so that a reader that never ends is a failure and no standstill. */
  private Attempt attempt() {
    CompletableFuture<Attempt> outcome = new CompletableFuture<>();
    Thread reader = new Thread(() -> read(outcome), "weights");
    reader.setDaemon(true);
    reader.start();
    try {
      return outcome.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw invalid("not refused within " + PATIENCE.toSeconds() + " s");
    } catch (ExecutionException e) {
      throw invalid("ended in " + e.getCause() + " instead of a clear error");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw invalid("interrupted");
    }
  }

  private void read(CompletableFuture<Attempt> outcome) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    String error = "";
    try {
      WeightFile.read(file);
    } catch (MedtransException e) {
      error = e.getMessage();
    } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
      outcome.completeExceptionally(e);
      return;
    }
    outcome.complete(new Attempt(error, threads.getCurrentThreadAllocatedBytes() - before));
  }

  private List<Path> traces() {
    return Stream.of(
            Path.of(""),
            Path.of(System.getProperty("user.home")),
            Path.of(System.getProperty("java.io.tmpdir")),
            file.getParent())
        .map(folder -> folder.resolve(TRACE).toAbsolutePath())
        .filter(Files::exists)
        .toList();
  }

  private static MedtransException invalid(String message) {
    return MedtransException.of(ErrorCode.INVALID_REQUEST, message);
  }
}
