package org.medtransformers.service.concurrent;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jboss.logging.Logger;

/**
 * Threads that a service cannot do without. One that dies of an {@link Error} ends the process: a
 * service that goes on without it looks well and does nothing, while whoever watches the process
 * starts a sound one. Nothing is lost by that, as nothing is by {@code kill -9}.
 */
public final class Background {
  private static final Logger LOG = Logger.getLogger(Background.class);

  private Background() {}

  /** A daemon that runs {@code work}, not yet started. */
  public static Thread thread(String name, Runnable work) {
    Thread thread = new Thread(() -> Fatal.guard(work), name);
    thread.setDaemon(true);
    return thread;
  }

  /** A timer with one thread. Its tasks are to be {@link #repeated}. */
  public static ScheduledExecutorService timer(String name) {
    return Executors.newSingleThreadScheduledExecutor(work -> thread(name, work));
  }

  /** A task that goes on after an exception, where a timer would silently drop it. */
  public static Runnable repeated(Runnable task) {
    return () ->
        Fatal.guard(
            () -> {
              try {
                task.run();
              } catch (RuntimeException e) {
                LOG.warnf(
                    "%s tries again later: %s", Thread.currentThread().getName(), e.getMessage());
              }
            });
  }
}
