package org.medtransformers.cli.stack;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.medtransformers.cli.terminal.Console;
import org.medtransformers.cli.terminal.Environment;
import org.medtransformers.cli.terminal.Interruption;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.event.Topics;
import org.medtransformers.localstack.LocalStack;
import org.medtransformers.localstack.StackException;
import org.medtransformers.localstack.StackLayout;
import org.medtransformers.localstack.StackState;
import org.medtransformers.localstack.StackState.Phase;
import org.medtransformers.localstack.StackStatus;
import org.medtransformers.localstack.StandardLayout;

/**
 * The local stack: the one that runs, or one that lasts as long as this command. A command that
 * shares another command's stack starts its own when the other ends; experiments are in the
 * database and go on where they were.
 */
public final class LocalPlatform implements Platform {
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);
  private static final Duration RIVAL_APPEARS = Duration.ofSeconds(3);

  private final Environment environment;
  private final Console console;
  private final Interruption interruption;

  /** Also read by whoever listens for news. */
  private volatile StackState stack;

  private boolean mine;

  /** Connects, or starts; after Ctrl-C neither, and the gateway must not be asked for. */
  public LocalPlatform(Environment environment, Console console, Interruption interruption) {
    this.environment = environment;
    this.console = console;
    this.interruption = interruption;
    connect();
  }

  @Override
  public URI gateway() {
    return stack.part("gateway").orElseThrow().url();
  }

  @Override
  public Optional<String> token() {
    return Optional.of(StackStatus.token(home()));
  }

  @Override
  public void gatewayAway() {
    Optional<StackState> now = StackStatus.read(home());
    if (now.isPresent()) {
      stack = now.get();
    } else if (stack.ephemeral() && !interruption.requested()) {
      connect();
    } else {
      throw MedtransException.of(
          ErrorCode.UNAVAILABLE,
          "the local stack was stopped; what was under way goes on after the next medtrans up");
    }
  }

  @Override
  public void close() {
    if (mine && !replaced()) {
      console.notice("Stopping the local stack");
      LocalStack.stop(home());
    }
  }

  /** Whether the stack that runs is no longer the one that was started here. */
  private boolean replaced() {
    return StackStatus.read(home())
        .filter(now -> !now.supervisor().equals(stack.supervisor()))
        .isPresent();
  }

  private Path home() {
    return environment.home();
  }

  private void connect() {
    mine = false;
    while (!interruption.requested()) {
      Optional<StackState> running = StackStatus.read(home());
      if (running.isEmpty()) {
        start();
      } else if (running.get().phase() == Phase.READY) {
        stack = running.get();
      }
      if (mine || running.filter(state -> state.equals(stack)).isPresent()) {
        return;
      }
      interruption.pause(LOOK_EVERY);
    }
  }

  private void start() {
    StackLayout layout =
        StandardLayout.of(home(), environment.root(), OptionalInt.empty(), 1, Topics.all());
    try {
      stack = new Starter(console, interruption::requested).start(layout.ownedByThisProcess());
      mine = true;
    } catch (Starter.InterruptedStartException e) {
      console.trace("stopped while starting");
    } catch (StackException e) {
      if (!rivalAppears()) {
        throw e;
      }
    }
  }

  /** Whether another command has started the stack just now. */
  private boolean rivalAppears() {
    long end = System.nanoTime() + RIVAL_APPEARS.toNanos();
    while (StackStatus.read(home()).isEmpty() && System.nanoTime() < end) {
      interruption.pause(LOOK_EVERY);
    }
    return StackStatus.read(home()).isPresent();
  }
}
