package org.medtransformers.service.job;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.medtransformers.contracts.error.ErrorInfo;
import org.medtransformers.contracts.event.Event;
import org.medtransformers.contracts.event.TrainingEvent;

/** Does what a test says, and remembers the attempts. */
final class ScriptedHandler implements JobHandler {
  /** What an attempt does. */
  @FunctionalInterface
  interface Script {
    Outcome run(JobContext context) throws Exception;
  }

  /** What getting ready does. */
  @FunctionalInterface
  interface WarmUp {
    /**
     * @param time which one it is, from 1
     */
    void run(int time) throws Exception;
  }

  private final String kind;
  private final WarmUp warmUp;
  private final Script script;
  private final List<Job> attempts = new CopyOnWriteArrayList<>();
  private final AtomicInteger warmUps = new AtomicInteger();

  ScriptedHandler(String kind, WarmUp warmUp, Script script) {
    this.kind = kind;
    this.warmUp = warmUp;
    this.script = script;
  }

  List<Job> attempts() {
    return attempts;
  }

  int warmUps() {
    return warmUps.get();
  }

  @Override
  public void warmUp() throws Exception {
    warmUp.run(warmUps.incrementAndGet());
  }

  @Override
  public String kind() {
    return kind;
  }

  @Override
  public Outcome run(JobContext context) throws Exception {
    attempts.add(context.job());
    return script.run(context);
  }

  @Override
  public Event failed(Job job, ErrorInfo error) {
    return new TrainingEvent.Failed(job.runId(), job.attempt(), error);
  }

  @Override
  public Event waiting(Job job, String reason) {
    return new TrainingEvent.Waiting(job.runId(), job.attempt(), reason);
  }

  @Override
  public Event cancelled(Job job) {
    return new TrainingEvent.Cancelled(job.runId(), job.attempt(), 0);
  }

  /** The event of a job that is done. */
  static Event done(JobContext context) {
    return new TrainingEvent.Checkpointed(
        context.job().runId(), context.job().attempt(), 1, "finished");
  }

  /** Works until there is a reason to stop. */
  static void workUntilStopped(JobContext context) throws InterruptedException {
    while (!context.shouldStop()) {
      Thread.sleep(10);
    }
  }
}
