package org.medtransformers.gateway.comparison;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.gateway.config.GatewayConfig;
import org.medtransformers.service.concurrent.Background;
import org.medtransformers.service.concurrent.Fatal;

/**
 * Works out what takes long and much memory, apart from the requests that ask for it: one thing at
 * a time, each once, and few that wait. A request waits for a moment, and is told to come again
 * where that is too short; meanwhile the work goes on.
 */
@Singleton
public final class Calculations {
  private static final int MOST_WAITING = 16;

  private final Duration patience;
  private final String what;
  private final ThreadPoolExecutor worker;

  @Inject
  Calculations(GatewayConfig config) {
    this(config.comparison().patience(), "comparison");
  }

  /**
   * @param what is worked out, in one word
   */
  public Calculations(Duration patience, String what) {
    this.patience = patience;
    this.what = what;
    this.worker =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            // What is being worked out is worked out again; a process that ends does not wait.
            work -> Background.thread(what + "s", work));
  }

  /** Nothing is worked out any more. */
  @PreDestroy
  public void stop() {
    worker.shutdownNow();
  }

  /** Keeps what was worked out of each of the last {@code kept} questions. */
  <K, V> Known<K, V> keeping(long kept) {
    return new Known<>(Caffeine.newBuilder().maximumSize(kept));
  }

  /** The same, each for so long after it was worked out. */
  public <K, V> Known<K, V> keeping(long kept, Duration time) {
    return new Known<>(Caffeine.newBuilder().maximumSize(kept).expireAfterWrite(time));
  }

  /** What is known, by what it was worked out of. */
  public final class Known<K, V> {
    private final AsyncCache<K, V> answers;

    private Known(Caffeine<Object, Object> builder) {
      this.answers = builder.executor(Runnable::run).buildAsync();
    }

    /**
     * The answer to {@code question}: as it is known, or by {@code work}, which is done once
     * however many ask. What fails is not kept.
     *
     * @throws MedtransException {@code UNAVAILABLE} where it takes longer than a request waits, or
     *     too much is to be worked out already; whatever {@code work} throws
     */
    public V of(K question, Supplier<V> work) {
      CompletableFuture<V> answer = asked(question, work);
      try {
        return await(answer);
      } finally {
        // Who waits may hear of a failure before the cache does.
        if (answer.isCompletedExceptionally()) {
          answers.asMap().remove(question, answer);
        }
      }
    }

    private CompletableFuture<V> asked(K question, Supplier<V> work) {
      try {
        return answers.get(
            question,
            (unused, executor) -> CompletableFuture.supplyAsync(() -> Fatal.guarded(work), worker));
      } catch (RejectedExecutionException e) {
        throw unavailable(
            "too many %ss are being worked out; ask again for this one".formatted(what), e);
      }
    }

    /** The next time it is worked out again. */
    void forget(K question) {
      answers.synchronous().invalidate(question);
    }
  }

  private <V> V await(CompletableFuture<V> answer) {
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw unavailable("the %s is being worked out; ask again for it".formatted(what), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("stopped before the %s was worked out".formatted(what), e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException known
          ? known
          : new CompletionException(e.getCause());
    }
  }

  private static MedtransException unavailable(String message, Exception cause) {
    return MedtransException.of(ErrorCode.UNAVAILABLE, message, cause);
  }
}
