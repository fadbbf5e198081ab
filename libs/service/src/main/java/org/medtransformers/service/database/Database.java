package org.medtransformers.service.database;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Transactions, and plain SQL on the service's data source. Within a transaction, statements belong
 * to it and share its connection with Hibernate; without one, each is its own.
 *
 * <p>Services open their transactions with {@link #inTransaction} and not by annotation: it is seen
 * where one begins and ends, be that a part of a method only, and an exception that is caught
 * within one, such as a refusal that is then told by an event, does not doom it.
 */
@Singleton
public final class Database {
  /** Turns the present row into a value. */
  @FunctionalInterface
  public interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  // Read-only in a transaction of its own wherever the session or the server is.
  private static final String READ_ONLY =
      "SELECT current_setting('transaction_read_only')::boolean";

  private final AgroalDataSource dataSource;
  private final TransactionSynchronizationRegistry transactions;

  Database(AgroalDataSource dataSource, TransactionSynchronizationRegistry transactions) {
    this.dataSource = dataSource;
    this.transactions = transactions;
  }

  /** Runs {@code sql} and returns the number of rows it changed. */
  public int update(String sql, Object... parameters) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = prepare(connection, sql, parameters)) {
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Runs {@code sql}, which may be an update with {@code RETURNING}, and reads all its rows. */
  public <T> List<T> query(String sql, RowReader<T> reader, Object... parameters) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = prepare(connection, sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      List<T> result = new ArrayList<>();
      while (rows.next()) {
        result.add(reader.read(rows));
      }
      return result;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Runs {@code work} in a transaction of its own; any exception rolls it back. */
  public <T> T inTransaction(Callable<T> work) {
    try {
      return QuarkusTransaction.requiringNew().call(work);
    } catch (RuntimeException e) {
      leaveIfReadOnly(e);
      throw e;
    }
  }

  /** The same without a result. */
  public void inTransaction(Runnable work) {
    inTransaction(
        () -> {
          work.run();
          return null;
        });
  }

  /** Whether the caller is inside a transaction that can still commit. */
  public boolean inActiveTransaction() {
    return transactions.getTransactionStatus() == Status.STATUS_ACTIVE;
  }

  /** Runs {@code action} once the caller's transaction has committed; not if it rolls back. */
  public void afterCommit(Runnable action) {
    transactions.registerInterposedSynchronization(
        new Synchronization() {
          @Override
          public void beforeCompletion() {
            // Only the outcome matters.
          }

          @Override
          public void afterCompletion(int status) {
            if (status == Status.STATUS_COMMITTED) {
              action.run();
            }
          }
        });
  }

  /** Whether the server answers and takes writes. */
  public boolean writable() {
    try {
      boolean readOnly = query(READ_ONLY, row -> row.getBoolean(1)).get(0);
      if (readOnly) {
        leaveSessions();
      }
      return !readOnly;
    } catch (DatabaseException e) {
      return false;
    }
  }

  private DatabaseException failed(SQLException e) {
    leaveIfReadOnly(e);
    return new DatabaseException(e);
  }

  private void leaveIfReadOnly(Exception e) {
    if (Outage.isReadOnly(e)) {
      leaveSessions();
    }
  }

  /** One that was begun on a server that took no writes may take none for as long as it lasts. */
  private void leaveSessions() {
    dataSource.flush(AgroalDataSource.FlushMode.GRACEFUL);
  }

  private static PreparedStatement prepare(Connection connection, String sql, Object... parameters)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }
}
