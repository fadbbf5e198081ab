package org.medtransformers.service.event;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.medtransformers.service.trace.Tracing;

/** The relay's view of the outbox: take the oldest, delete, send, in one database transaction. */
final class OutboxTable {
  private record Batch(List<Long> ids, List<ProducerRecord<String, byte[]>> records) {}

  private static final long LOCK = 0x6f7574626f78L;
  private static final String TRY_LOCK = "SELECT pg_try_advisory_xact_lock(" + LOCK + ")";
  // Ids follow the order of inserts, not of commits. That is enough: of two events where one is the
  // consequence of the other, the first was committed before the second was inserted.
  private static final String OLDEST =
      "SELECT id, event_id, source, type, topic, event_key, created_at, data, traceparent FROM outbox"
          + " ORDER BY id LIMIT ?";
  private static final String DELETE = "DELETE FROM outbox WHERE id = ANY (?)";
  private static final String COUNT = "SELECT count(*) FROM outbox";

  private final DataSource dataSource;
  private final int limit;

  OutboxTable(DataSource dataSource, int limit) {
    this.dataSource = dataSource;
    this.limit = limit;
  }

  /**
   * Passes the oldest events to {@code sender} and deletes them if it returns.
   *
   * @return how many are still to be sent, as far as this replica is concerned
   */
  long send(Consumer<List<ProducerRecord<String, byte[]>>> sender) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        long left = send(connection, sender);
        connection.commit();
        return left;
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    }
  }

  private long send(Connection connection, Consumer<List<ProducerRecord<String, byte[]>>> sender)
      throws SQLException {
    if (!locked(connection)) {
      return 0;
    }
    Batch batch = oldest(connection);
    if (batch.ids().isEmpty()) {
      return 0;
    }
    // First, though it counts only with the commit: a database that refuses to forget events must
    // not have them sent again and again.
    delete(connection, batch.ids());
    sender.accept(batch.records());
    return batch.ids().size() < limit ? 0 : count(connection);
  }

  private static boolean locked(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(TRY_LOCK)) {
      row.next();
      return row.getBoolean(1);
    }
  }

  private Batch oldest(Connection connection) throws SQLException {
    Batch batch = new Batch(new ArrayList<>(), new ArrayList<>());
    try (PreparedStatement statement = connection.prepareStatement(OLDEST)) {
      statement.setInt(1, limit);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          batch.ids().add(row.getLong("id"));
          batch.records().add(traced(event(row).toRecord(row.getString("topic")), row));
        }
      }
    }
    return batch;
  }

  /** Whoever receives it goes on with the trace in which it was sent. */
  private static ProducerRecord<String, byte[]> traced(
      ProducerRecord<String, byte[]> record, ResultSet row) throws SQLException {
    String traceparent = row.getString(Tracing.TRACEPARENT);
    if (traceparent != null) {
      CloudEvent.put(record.headers(), Tracing.TRACEPARENT, traceparent);
    }
    return record;
  }

  private static CloudEvent event(ResultSet row) throws SQLException {
    return new CloudEvent(
        row.getString("event_id"),
        row.getString("source"),
        row.getString("type"),
        row.getTimestamp("created_at").toInstant(),
        row.getString("event_key"),
        row.getString("data"));
  }

  private static void delete(Connection connection, List<Long> ids) throws SQLException {
    Array array = connection.createArrayOf("bigint", ids.toArray());
    try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
      statement.setArray(1, array);
      statement.executeUpdate();
    } finally {
      array.free();
    }
  }

  private static long count(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(COUNT)) {
      row.next();
      return row.getLong(1);
    }
  }
}
