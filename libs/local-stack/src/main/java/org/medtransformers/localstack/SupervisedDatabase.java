package org.medtransformers.localstack;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** PostgreSQL as a part of the stack, with a database for each service. */
final class SupervisedDatabase implements Supervised {
  private final LocalDatabase database;
  private final int port;
  private final Path log;
  private final List<String> databases;
  private ProcessHandle process;

  SupervisedDatabase(LocalDatabase database, int port, Path log, List<String> databases) {
    this.database = database;
    this.port = port;
    this.log = log;
    this.databases = databases;
  }

  @Override
  public String name() {
    return "postgres";
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public URI url() {
    return null;
  }

  @Override
  public Path log() {
    return log;
  }

  @Override
  public void start() {
    database.stop();
    database.start();
    databases.forEach(database::createDatabase);
    process = database.process().orElse(null);
  }

  @Override
  public Optional<ProcessHandle> process() {
    return Optional.ofNullable(process).filter(Processes::runs);
  }

  /** {@link #start()} returns only when connections are accepted. */
  @Override
  public boolean ready() {
    return process().isPresent();
  }

  @Override
  public boolean alive(Duration patience) {
    return database.answers(patience);
  }

  @Override
  public void stop() {
    database.stop();
  }
}
