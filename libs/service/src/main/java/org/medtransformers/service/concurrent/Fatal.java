package org.medtransformers.service.concurrent;

import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Errors after which a process is not worth going on with. */
public final class Fatal {
  /** The exit code of a JVM that is told to end when it has no memory left. */
  public static final int EXIT_CODE = 3;

  private static final Logger LOG = Logger.getLogger(Fatal.class);

  private Fatal() {}

  /** Does {@code work}; an {@link Error} that it lets out ends the process. */
  public static <T> T guarded(Supplier<T> work) {
    try {
      return work.get();
    } catch (Error e) {
      end(e);
      throw e;
    }
  }

  /** The same without a result. */
  public static void guard(Runnable work) {
    guarded(
        () -> {
          work.run();
          return null;
        });
  }

  /**
   * Whether {@code failure} leaves the process damaged: memory that has run out in one thread may
   * have done so in others unseen, and the JVM remembers a class that could not be linked. Not so a
   * stack that overflowed, nor a failed assertion: these are the work's own.
   */
  public static boolean isFatal(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .limit(100) // should causes go round in a circle
        .anyMatch(
            e ->
                e instanceof LinkageError
                    || (e instanceof VirtualMachineError && !(e instanceof StackOverflowError)));
  }

  /**
   * Ends the process at once and without its shutdown, which would need what is broken: leases
   * lapse, and what is committed is found by the next process.
   */
  public static void end(Throwable failure) {
    try {
      LOG.fatalf(
          failure,
          "The thread %s died; this process ends, to be started again",
          Thread.currentThread().getName());
    } finally {
      Runtime.getRuntime().halt(EXIT_CODE);
    }
  }
}
