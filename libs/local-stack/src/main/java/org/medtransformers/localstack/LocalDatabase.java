package org.medtransformers.localstack;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * A PostgreSQL server on 127.0.0.1 whose data stay in a folder. Only who can read the password file
 * in that folder can log in. A server that a killed process left running on the folder is stopped
 * first, as two on one folder would destroy it.
 *
 * <p>Folder: {@code data/} (the cluster), {@code password}, {@code bin/} (the unpacked server);
 * {@code initialised} is written last when the cluster is made, so that a half-made one is
 * recognised and made again.
 */
public final class LocalDatabase implements AutoCloseable {
  /** The one user of the local server. */
  public static final String USER = "postgres";

  /** The class of SQLSTATEs that the driver finds by itself. */
  private static final String NO_CONNECTION = "08";

  private static final Pattern DATABASE_NAME = Pattern.compile("[a-z][a-z0-9_]*");

  private final Path directory;
  private final int port;
  private final Path log;
  private final boolean durable;
  private EmbeddedPostgres server;

  private LocalDatabase(Path directory, int port, Path log, boolean durable) {
    this.directory = directory.toAbsolutePath();
    this.port = port;
    this.log = log;
    this.durable = durable;
  }

  /** A server whose data survive a power cut, and which goes on running when this JVM ends. */
  public static LocalDatabase durable(Path directory, int port, Path log) {
    return new LocalDatabase(directory, port, log, true);
  }

  /** A server for tests: nothing is flushed to the disk, binaries are unpacked once per machine. */
  public static LocalDatabase forTests(Path directory, int port) {
    return new LocalDatabase(directory, port, directory.resolve("server.log"), false);
  }

  /** Starts the server; returns when it accepts connections. */
  public synchronized LocalDatabase start() {
    try {
      PrivateFiles.createDirectory(directory);
      Postmaster.on(data()).ifPresent(Postmaster::stop);
      boolean fresh = DatabaseFiles.prepare(directory);
      server = builder(fresh).start();
      Files.writeString(directory.resolve(DatabaseFiles.INITIALISED), "");
      PrivateFiles.createDirectory(directory.resolve("bin"));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start PostgreSQL in " + directory, e);
    }
  }

  /** Stops the server, ending its connections. Does nothing when it is stopped already. */
  public synchronized void stop() {
    Optional<Postmaster> running = Postmaster.on(data());
    if (server != null) {
      try {
        server.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      server = null;
    }
    running.filter(Postmaster::runs).ifPresent(Postmaster::stop);
  }

  @Override
  public void close() {
    stop();
  }

  /** Process id of the server; empty when it does not run. */
  public Optional<ProcessHandle> process() {
    return Postmaster.on(data()).map(Postmaster::process);
  }

  /** Creates the database {@code name} unless it exists. */
  public void createDatabase(String name) {
    if (!DATABASE_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not a database name: " + name);
    }
    try (Connection connection = connect("postgres");
        PreparedStatement exists =
            connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?");
        Statement create = connection.createStatement()) {
      exists.setString(1, name);
      if (!exists.executeQuery().next()) {
        create.execute("CREATE DATABASE " + name);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot create database " + name, e);
    }
  }

  /** A connection outside any pool. */
  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(jdbcUrl(database), USER, password());
  }

  /** Whether the server says anything to who wants to connect, be it no; in whole seconds. */
  boolean answers(Duration patience) {
    String seconds = String.valueOf(Math.max(1, patience.toSeconds()));
    Properties settings = new Properties();
    settings.setProperty("user", USER);
    settings.setProperty("password", password());
    settings.setProperty("loginTimeout", seconds);
    settings.setProperty("socketTimeout", seconds);
    try (Connection connection = DriverManager.getConnection(jdbcUrl("postgres"), settings)) {
      return connection.isValid(0);
    } catch (SQLException e) {
      return e.getSQLState() != null && !e.getSQLState().startsWith(NO_CONNECTION);
    }
  }

  public String jdbcUrl(String database) {
    return String.format(Locale.ROOT, "jdbc:postgresql://127.0.0.1:%d/%s", port, database);
  }

  public String password() {
    return DatabaseFiles.password(directory);
  }

  private Path data() {
    return directory.resolve("data");
  }

  private EmbeddedPostgres.Builder builder(boolean fresh) {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(data())
            .setCleanDataDirectory(false)
            .setPort(port)
            .setPGStartupWait(Duration.ofSeconds(60))
            .setConnectConfig("password", password())
            .setRegisterShutdownHook(!durable)
            .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setServerConfig("unix_socket_directories", "")
            .setServerConfig("shared_buffers", "32MB")
            .setServerConfig("max_connections", "100")
            .setServerConfig("fsync", durable ? "on" : "off")
            .setServerConfig("synchronous_commit", durable ? "on" : "off");
    if (durable) {
      builder.setOverrideWorkingDirectory(directory.resolve("bin").toFile());
    }
    if (fresh) {
      // These become options of initdb: log in by password from the first moment on.
      builder
          // Of the system's locales only this one is sure to be there; the encoding is UTF-8.
          .setLocaleConfig("locale", "C")
          .setLocaleConfig("auth-host", "scram-sha-256")
          .setLocaleConfig("auth-local", "scram-sha-256")
          .setLocaleConfig("pwfile", directory.resolve(DatabaseFiles.PASSWORD).toString());
    }
    return builder;
  }
}
