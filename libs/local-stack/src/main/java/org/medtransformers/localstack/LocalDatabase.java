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
 * A PostgreSQL server on 127.0.0.1 whose data stay in a folder. Each database has an owner of its
 * own, who may do what they like in it and cannot open another; only who can read the password
 * files in that folder can log in. A server that a killed process left running on the folder is
 * stopped first, as two on one folder would destroy it.
 *
 * <p>Folder: {@code data/} (the cluster), {@code password}, {@code password-NAME} of each
 * database's owner, {@code bin/} (the unpacked server); {@code initialised} is written last when
 * the cluster is made, so that a half-made one is recognised and made again.
 */
public final class LocalDatabase implements AutoCloseable {
  /** Who may do everything: makes the databases and their owners. */
  public static final String USER = "postgres";

  /** The class of SQLSTATEs that the driver finds by itself. */
  private static final String NO_CONNECTION = "08";

  private static final String ROLE = "SELECT 1 FROM pg_roles WHERE rolname = ?";
  private static final String DATABASE = "SELECT 1 FROM pg_database WHERE datname = ?";

  /** Indexes and the sequences of columns go with their tables. */
  private static final String HAND_OVER =
      """
      DO $$
      DECLARE made text;
      BEGIN
        FOR made IN
          SELECT c.oid::regclass FROM pg_class c
          WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
            AND c.relowner <> '%1$s'::regrole
        LOOP
          EXECUTE format('ALTER TABLE %%s OWNER TO %1$s', made);
        END LOOP;
      END
      $$""";

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

  /**
   * Who owns a database, and nothing else.
   *
   * @param user called as the database
   */
  public record Owner(String user, String password) {
    @Override
    public String toString() {
      return user;
    }
  }

  /**
   * Creates the database {@code name} and its owner unless they exist; gives them what is in it.
   */
  public Owner createDatabase(String name) {
    if (!DATABASE_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not a database name: " + name);
    }
    Owner owner = owner(name);
    try (Connection connection = connect(USER);
        Statement statement = connection.createStatement()) {
      String login = " %s LOGIN PASSWORD '%s'".formatted(name, owner.password());
      statement.execute((exists(connection, ROLE, name) ? "ALTER ROLE" : "CREATE ROLE") + login);
      if (!exists(connection, DATABASE, name)) {
        statement.execute("CREATE DATABASE %s OWNER %s".formatted(name, name));
      }
      statement.execute("ALTER DATABASE %s OWNER TO %s".formatted(name, name));
      statement.execute("REVOKE ALL ON DATABASE %s FROM PUBLIC".formatted(name));
    } catch (SQLException e) {
      throw new IllegalStateException("cannot create database " + name, e);
    }
    handOver(name);
    return owner;
  }

  /** What an earlier version's services have made as {@link #USER}. */
  private void handOver(String name) {
    try (Connection connection = connect(name);
        Statement statement = connection.createStatement()) {
      statement.execute(HAND_OVER.formatted(name));
    } catch (SQLException e) {
      throw new IllegalStateException("cannot give " + name + " its tables", e);
    }
  }

  private static boolean exists(Connection connection, String query, String name)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, name);
      return statement.executeQuery().next();
    }
  }

  /** The owner of the database {@code name}. */
  public Owner owner(String name) {
    return new Owner(name, DatabaseFiles.ownersPassword(directory, name));
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
    try (Connection connection = DriverManager.getConnection(jdbcUrl(USER), settings)) {
      return connection.isValid(0);
    } catch (SQLException e) {
      return e.getSQLState() != null && !e.getSQLState().startsWith(NO_CONNECTION);
    }
  }

  public String jdbcUrl(String database) {
    return String.format(Locale.ROOT, "jdbc:postgresql://127.0.0.1:%d/%s", port, database);
  }

  String password() {
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
