package org.medtransformers.data.service;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.medtransformers.contracts.comparison.DataLook;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.data.config.DataConfig;
import org.medtransformers.imaging.codec.ImageLimits;
import org.medtransformers.imaging.dataset.DatasetListing;
import org.medtransformers.imaging.dataset.Recognised;
import org.medtransformers.imaging.dataset.Recognition;
import org.medtransformers.imaging.prepare.DataCheck;
import org.medtransformers.imaging.prepare.DataState;
import org.medtransformers.service.concurrent.Background;
import org.medtransformers.service.concurrent.Fatal;
import org.medtransformers.service.path.DataRoots;

/**
 * Looks at every image of a data set that nobody has described, one set at a time. Who asks waits
 * for a moment, and is told how far it is where that is too short; what was seen is kept for as
 * long as the files stay as they are.
 */
@Singleton
public final class Looks {
  private static final int KEPT = 32;
  private static final int MOST_WAITING = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final DataRoots roots;
  private final DataConfig config;
  private final Cache<String, Look> looks =
      Caffeine.newBuilder().maximumSize(KEPT).executor(Runnable::run).build();
  private final ThreadPoolExecutor worker =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MOST_WAITING),
          work -> Background.thread("looks", work));

  Looks(DataRoots roots, DataConfig config) {
    this.roots = roots;
    this.config = config;
  }

  @PreDestroy
  void stop() {
    worker.shutdownNow();
  }

  /** One that is being taken, or was. */
  private static final class Look {
    private final CompletableFuture<DataLook> seen = new CompletableFuture<>();
    private volatile int done;
    private volatile int total;
  }

  /**
   * What is to be known of the data set that {@code data} means.
   *
   * @throws MedtransException {@link ErrorCode#UNAVAILABLE} while it is being looked at; {@link
   *     ErrorCode#PATH_NOT_ALLOWED}, {@link ErrorCode#NOT_FOUND}, {@link ErrorCode#DATASET_INVALID}
   */
  public DataLook at(String data) {
    if (data == null) {
      throw MedtransException.of(
          ErrorCode.INVALID_REQUEST, "data: missing, allowed: an absolute path");
    }
    Path path = roots.requireData(data);
    Recognised recognised = Recognition.of(path, roots::allowsData);
    DatasetListing listing = recognised.list(roots::allowsData);
    String key = path + " " + DataState.of(listing);
    Look look = looks.get(key, unused -> begun(recognised, listing));
    try {
      return look.seen.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw unavailable(progress(look), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("stopped before all images were looked at", e);
    } catch (ExecutionException e) {
      looks.asMap().remove(key, look);
      throw e.getCause() instanceof RuntimeException known
          ? known
          : new CompletionException(e.getCause());
    }
  }

  private Look begun(Recognised recognised, DatasetListing listing) {
    Look look = new Look();
    try {
      worker.execute(() -> take(recognised, listing, look));
      return look;
    } catch (RejectedExecutionException e) {
      throw unavailable("too many data sets are being looked at; ask again for this one", e);
    }
  }

  private void take(Recognised recognised, DatasetListing listing, Look look) {
    try {
      look.seen.complete(Fatal.guarded(() -> taken(recognised, listing, look)));
    } catch (RuntimeException e) {
      look.seen.completeExceptionally(e);
    }
  }

  private DataLook taken(Recognised recognised, DatasetListing listing, Look look) {
    DataCheck check =
        new DataCheck(
            new ImageLimits(config.maxImageBytes(), config.maxImagePixels()),
            config.decodeThreads().orElseGet(() -> Runtime.getRuntime().availableProcessors()),
            (done, total) -> {
              look.total = total;
              look.done = done;
            });
    long began = System.nanoTime();
    var report = check.of(listing, null);
    double seconds = (System.nanoTime() - began) / 1e9;
    return SeenData.of(recognised, listing, report, seconds);
  }

  private static String progress(Look look) {
    return look.total == 0
        ? "the images are about to be looked at; ask again"
        : "%d of %d images were looked at; ask again".formatted(look.done, look.total);
  }

  private static MedtransException unavailable(String message, Exception cause) {
    return MedtransException.of(ErrorCode.UNAVAILABLE, message, cause);
  }
}
