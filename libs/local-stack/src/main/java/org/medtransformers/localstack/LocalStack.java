package org.medtransformers.localstack;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.medtransformers.localstack.StackState.Phase;

/**
 * Broker, database and services on this machine, one stack per {@code MEDTRANS_HOME}. A supervisor,
 * a process in a session of its own, keeps them running: neither Ctrl-C nor the end of the command
 * that started it reaches it. What a killed supervisor left behind is stopped before a new start.
 */
public final class LocalStack {
  private static final Duration POLL_EVERY = Duration.ofMillis(100);
  private static final Duration STOP_PATIENCE = Duration.ofMinutes(3);
  private static final Duration APPEAR_PATIENCE = Duration.ofSeconds(15);
  private static final List<String> SUPERVISOR_JVM_ARGUMENTS =
      List.of("-Xmx160m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  /** All parts are children of the supervisor, so that whatever any of them makes is private. */
  private static final List<String> PRIVATELY =
      List.of("sh", "-c", "umask 077 && exec \"$@\"", "sh");

  private LocalStack() {}

  /**
   * What the administrator of the broker of {@code home} connects with, besides its address, as
   * keys of a Kafka client.
   */
  public static Map<String, String> brokerAdministrator(Path home) {
    return StackFiles.of(home).brokerUsers().connection(BrokerUsers.ADMINISTRATOR);
  }

  /** The file with the key by which the services of {@code home} know each other. */
  public static Path serviceKey(Path home) {
    return Secrets.made(StackFiles.of(home).serviceKey());
  }

  /**
   * Makes {@code home} its owner's alone. One that was made open to others is closed with all that
   * is in it, once.
   *
   * @return what to tell of that, where anything had to be closed
   */
  public static Optional<String> closeToOthers(Path home) {
    return PrivateFolder.close(home).map(closed -> closed.describe(home));
  }

  /**
   * Starts a stack and waits until every service is ready.
   *
   * @param progress hears of every change on the way
   * @throws StackException if one runs already in that folder, or a part does not get ready; then
   *     all is stopped again
   */
  public static StackState start(StackLayout layout, Consumer<StackState> progress) {
    refuseIfRunning(layout.home());
    StackFiles files = StackFiles.of(layout.home()).create();
    Secrets.in(files.token());
    Process supervisor = launch(layout, files);
    StackState last = null;
    while (true) {
      Optional<StackState> now =
          files.readState().filter(state -> state.supervisor().pid() == supervisor.pid());
      if (now.isPresent() && !now.get().equals(last)) {
        last = now.get();
        progress.accept(last);
      }
      if (last != null && last.phase() == Phase.READY) {
        return last;
      }
      if (hasEnded(supervisor)) {
        throw new StackException(reason(supervisor, files));
      }
    }
  }

  /**
   * Stops the stack of {@code home}, services first, and waits for it. Jobs that are under way are
   * given back by their services. What a killed supervisor left behind is stopped too.
   *
   * @return whether there was anything to stop
   */
  public static boolean stop(Path home) {
    Optional<StackState> running = supervised(home);
    if (running.isPresent()) {
      running.get().supervisor().find().ifPresent(s -> Processes.stop(s, STOP_PATIENCE));
    }
    boolean orphans = !Leftovers.find(home).isEmpty();
    Leftovers.stop(home);
    StackFiles.of(home).deleteState();
    return running.isPresent() || orphans;
  }

  /** The supervised stack, also when its supervisor is so new that it has written nothing yet. */
  private static Optional<StackState> supervised(Path home) {
    long deadline = System.nanoTime() + APPEAR_PATIENCE.toNanos();
    Optional<StackState> state = StackStatus.read(home);
    while (state.isEmpty() && isLocked(home) && System.nanoTime() < deadline) {
      pause();
      state = StackStatus.read(home);
    }
    return state;
  }

  private static boolean isLocked(Path home) {
    Path file = StackFiles.of(home).create().lock();
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock == null;
    } catch (OverlappingFileLockException e) {
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void refuseIfRunning(Path home) {
    StackStatus.read(home)
        .ifPresent(
            state -> {
              throw new StackException(
                  "a stack runs already in %s, since %s".formatted(home, state.startedAt()));
            });
  }

  private static Process launch(StackLayout layout, StackFiles files) {
    List<String> command = new ArrayList<>(PRIVATELY);
    command.addAll(List.of("setsid", JavaCommand.executable()));
    command.addAll(JavaCommand.arguments(layout.home()));
    command.addAll(SUPERVISOR_JVM_ARGUMENTS);
    command.add(SupervisorMain.class.getName());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(files.log("supervisor").toFile()));
    JavaCommand.prepare(builder.environment());
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    try {
      Process supervisor = builder.start();
      try (OutputStream input = supervisor.getOutputStream()) {
        input.write(StackFiles.encode(layout));
      }
      return supervisor;
    } catch (IOException e) {
      throw new StackException("cannot start the supervisor", e);
    }
  }

  private static boolean hasEnded(Process supervisor) {
    try {
      return supervisor.waitFor(POLL_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      supervisor.destroy();
      Thread.currentThread().interrupt();
      throw new StackException("interrupted while the stack was starting", e);
    }
  }

  private static String reason(Process supervisor, StackFiles files) {
    if (supervisor.exitValue() == SupervisorMain.ALREADY_RUNNING) {
      return "another command is starting a stack in " + files.directory();
    }
    return files
        .readState()
        .filter(state -> state.supervisor().pid() == supervisor.pid())
        .map(StackState::failure)
        .orElseGet(
            () ->
                "the supervisor ended with exit code %d; the end of its log %s:%n%s"
                    .formatted(
                        supervisor.exitValue(),
                        files.log("supervisor"),
                        LogFiles.tail(files.log("supervisor"))));
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(POLL_EVERY.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
