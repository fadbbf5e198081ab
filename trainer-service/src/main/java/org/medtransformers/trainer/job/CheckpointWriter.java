package org.medtransformers.trainer.job;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Writes one checkpoint at a time beside the training. The training's thread copies the learner and
 * gives the copy's memory back; in between this writer's thread reads it. So there is never more
 * than one copy, and libtorch is left to the thread that it belongs to.
 *
 * @param <C> the copy
 */
final class CheckpointWriter<C> implements AutoCloseable {
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread writer = new Thread(work, "checkpoint-writer");
            writer.setDaemon(true);
            return writer;
          });

  private final Consumer<C> release;

  /** Null while nothing is written. */
  private C copy;

  private CompletableFuture<Void> written = CompletableFuture.completedFuture(null);

  /**
   * @param release gives a copy's memory back
   */
  CheckpointWriter(Consumer<C> release) {
    this.release = release;
  }

  /**
   * Waits for the write before, takes a copy and lets {@code write} have it on the other thread.
   *
   * @throws RuntimeException what has made the write before fail
   */
  void begin(Supplier<C> copies, Consumer<C> write) {
    await();
    C taken = copies.get();
    copy = taken;
    written = CompletableFuture.runAsync(() -> write.accept(taken), thread);
  }

  /** Whether a write is under way; throws what has made it fail. */
  boolean writing() {
    if (written.isDone()) {
      await();
    }
    return copy != null;
  }

  /** Returns when nothing is being written; throws, once, what has made the last write fail. */
  void await() {
    if (copy == null) {
      return;
    }
    try {
      written.join();
    } catch (CompletionException e) {
      throw unwrapped(e);
    } finally {
      release.accept(copy);
      copy = null;
    }
  }

  private static RuntimeException unwrapped(CompletionException e) {
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    // All that a Consumer throws besides.
    return (RuntimeException) e.getCause();
  }

  /** Waits for what is being written: it has been learned, whatever ends the training. */
  @Override
  public void close() {
    try {
      await();
    } finally {
      thread.shutdown();
    }
  }
}
