package org.medtransformers.localstack;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A part that is a JVM of its own. */
final class SupervisedJvm implements Supervised {
  /** Longer than a trainer needs for a checkpoint. */
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(40);

  private final String name;
  private final int port;
  private final URI url;
  private final Path log;
  private final List<String> command;
  private final Supplier<Map<String, String>> environment;
  private final Predicate<ProcessHandle> ready;
  private final Predicate<Duration> alive;
  private Process process;

  SupervisedJvm(
      String name,
      int port,
      URI url,
      Path log,
      List<String> command,
      Supplier<Map<String, String>> environment,
      Predicate<ProcessHandle> ready,
      Predicate<Duration> alive) {
    this.name = name;
    this.port = port;
    this.url = url;
    this.log = log;
    this.command = command;
    this.environment = environment;
    this.ready = ready;
    this.alive = alive;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public URI url() {
    return url;
  }

  @Override
  public Path log() {
    return log;
  }

  @Override
  public void start() {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    JavaCommand.prepare(builder.environment());
    builder.environment().putAll(environment.get());
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new StackException("cannot start " + name, e);
    }
  }

  @Override
  public Optional<ProcessHandle> process() {
    return Optional.ofNullable(process).map(Process::toHandle).filter(Processes::runs);
  }

  @Override
  public boolean ready() {
    return process().filter(ready).isPresent();
  }

  @Override
  public boolean alive(Duration patience) {
    return alive.test(patience);
  }

  @Override
  public void stop() {
    process().ifPresent(running -> Processes.stop(running, STOP_PATIENCE));
  }
}
