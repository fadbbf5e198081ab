package org.medtransformers.service;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.medtransformers.localstack.LocalDatabase;

/** A server that answers and takes no writes, as a standby after a failover, until it is closed. */
public final class ReadOnlyServer implements AutoCloseable {
  private final LocalDatabase server;

  private ReadOnlyServer(LocalDatabase server) {
    this.server = server;
  }

  /** Sessions that there are take no writes from now on. */
  public static ReadOnlyServer of(LocalDatabase server) throws SQLException {
    ReadOnlyServer readOnly = new ReadOnlyServer(server);
    readOnly.execute("ALTER SYSTEM SET default_transaction_read_only = on");
    readOnly.execute("SELECT pg_reload_conf()");
    return readOnly;
  }

  @Override
  public void close() throws SQLException {
    execute("ALTER SYSTEM RESET default_transaction_read_only");
    execute("SELECT pg_reload_conf()");
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = server.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
