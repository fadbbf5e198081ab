package org.medtransformers.service.concurrent;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets a thread in the background fail, and ends well once the thread has gone on. */
final class DoomedProcess {
  private DoomedProcess() {}

  public static void main(String[] arguments) throws InterruptedException {
    CountDownLatch wentOn = new CountDownLatch(1);
    AtomicInteger times = new AtomicInteger();
    Runnable task =
        () -> {
          if (times.incrementAndGet() > 1) {
            wentOn.countDown();
          } else if (arguments[1].equals("error")) {
            throw new NoClassDefFoundError("a class");
          } else {
            throw new IllegalStateException("once");
          }
        };
    if (arguments[0].equals("thread")) {
      Background.thread("doomed", task).start();
    } else {
      ScheduledExecutorService timer = Background.timer("doomed");
      var unused =
          timer.scheduleWithFixedDelay(Background.repeated(task), 1, 1, TimeUnit.MILLISECONDS);
    }
    if (!wentOn.await(30, TimeUnit.SECONDS)) {
      System.exit(1);
    }
  }
}
