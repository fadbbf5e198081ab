package org.medtransformers.cli.stack;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.medtransformers.cli.progress.Durations;
import org.medtransformers.cli.terminal.Console;
import org.medtransformers.localstack.LocalStack;
import org.medtransformers.localstack.StackLayout;
import org.medtransformers.localstack.StackState;

/** Starts a local stack and tells how it goes. */
public final class Starter {
  private final Console console;
  private final BooleanSupplier interrupted;

  public Starter(Console console, BooleanSupplier interrupted) {
    this.console = console;
    this.interrupted = interrupted;
  }

  /**
   * Returns when every service is ready.
   *
   * @throws InterruptedStartException after Ctrl-C; then all is stopped again
   * @throws org.medtransformers.localstack.StackException if it does not start
   */
  public StackState start(StackLayout layout) {
    LocalStack.closeToOthers(layout.home()).ifPresent(console::notice);
    console.notice("Starting the local stack: Kafka, PostgreSQL and the services");
    long began = System.nanoTime();
    try {
      StackState state = LocalStack.start(layout, this::hear);
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      console.notice("The local stack is ready after " + Durations.clock(took));
      return state;
    } catch (InterruptedStartException e) {
      LocalStack.stop(layout.home());
      throw e;
    }
  }

  private void hear(StackState state) {
    if (interrupted.getAsBoolean()) {
      throw new InterruptedStartException();
    }
    state.parts().stream()
        .filter(StackState.Part::ready)
        .forEach(part -> console.trace(part.name() + " is ready"));
  }

  /** Ctrl-C came while the stack was starting. */
  public static final class InterruptedStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
