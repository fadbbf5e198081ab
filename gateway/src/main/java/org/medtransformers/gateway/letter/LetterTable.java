package org.medtransformers.gateway.letter;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.medtransformers.contracts.result.DeadLetterState;
import org.medtransformers.contracts.result.DeadLetterView;
import org.medtransformers.service.database.Database;
import org.medtransformers.service.event.DeadLetter;

/** Dead letters as rows. */
@Singleton
final class LetterTable {
  /**
   * A letter without its value.
   *
   * @param headers of the record
   */
  record Row(DeadLetterView view, List<Header> headers) {}

  private static final String INSERT =
      """
      INSERT INTO dead_letter (id, topic, topic_partition, topic_offset, service, reason,
        record_key, headers, value, bytes, kept, put_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
      """;
  private static final String SELECT =
      """
      SELECT id, topic, topic_partition, topic_offset, service, reason, record_key, headers, bytes,
        kept, put_at, state, settled_at
      FROM dead_letter
      """;
  private static final String IN_STATES = " WHERE state = ANY (string_to_array(?, ','))";
  private static final String PAGE =
      SELECT + IN_STATES + " ORDER BY put_at DESC, id LIMIT ? OFFSET ?";
  private static final String COUNT = "SELECT count(*) FROM dead_letter" + IN_STATES;
  private static final String BY_ID = SELECT + " WHERE id = ?";
  private static final String VALUE =
      "SELECT substring(value FROM 1 FOR ?) FROM dead_letter WHERE id = ?";
  private static final String SETTLE =
      "UPDATE dead_letter SET state = ?, settled_at = now() WHERE id = ?";
  private static final String FORGET =
      """
      DELETE FROM dead_letter WHERE id IN (
        SELECT id FROM dead_letter
        WHERE state <> 'WAITING' AND settled_at < now() - ? * interval '1 second' LIMIT ?)
      """;

  private final Database database;

  LetterTable(Database database) {
    this.database = database;
  }

  /** Keeps {@code letter}, unless it is there already. */
  void insert(DeadLetter letter, ConsumerRecord<String, byte[]> record, Instant at) {
    byte[] value = record.value();
    int bytes = value == null ? 0 : value.length;
    database.update(
        INSERT,
        letter.id(),
        letter.topic(),
        letter.partition(),
        letter.offset(),
        storable(letter.service()),
        storable(letter.reason()),
        record.key() == null ? null : record.key().getBytes(StandardCharsets.UTF_8),
        RecordHeaders.write(DeadLetter.withoutOurs(record.headers())),
        value,
        letter.omitted() == null ? bytes : letter.omitted(),
        letter.omitted() == null,
        OffsetDateTime.ofInstant(at, ZoneOffset.UTC));
  }

  /** The only character that a text of the database cannot have. */
  private static String storable(String text) {
    return text == null ? null : text.replace('\0', '\uFFFD');
  }

  /** Those in {@code states}, names separated by commas, the newest first. */
  List<DeadLetterView> page(String states, int page, int size) {
    return database.query(PAGE, LetterTable::row, states, size, (long) page * size).stream()
        .map(Row::view)
        .toList();
  }

  long count(String states) {
    return database.query(COUNT, row -> row.getLong(1), states).get(0);
  }

  Optional<Row> find(UUID id) {
    return database.query(BY_ID, LetterTable::row, id).stream().findFirst();
  }

  /** The same, and nobody else changes it until the present transaction ends. */
  Optional<Row> findLocked(UUID id) {
    return database.query(BY_ID + " FOR UPDATE", LetterTable::row, id).stream().findFirst();
  }

  /** The first {@code limit} bytes of a letter's value; empty where it has none. */
  Optional<byte[]> value(UUID id, int limit) {
    return database.query(VALUE, row -> Optional.ofNullable(row.getBytes(1)), limit, id).stream()
        .findFirst()
        .flatMap(value -> value);
  }

  /** The record as it was received, for the topic that it was received from. */
  ProducerRecord<String, byte[]> record(Row row) {
    byte[] value = value(UUID.fromString(row.view().id()), Integer.MAX_VALUE).orElse(null);
    return new ProducerRecord<>(row.view().topic(), null, row.view().key(), value, row.headers());
  }

  void settle(String id, DeadLetterState state) {
    database.update(SETTLE, state.name(), UUID.fromString(id));
  }

  /** Deletes up to {@code limit} letters that somebody has seen to so long ago; how many. */
  int forget(Duration age, int limit) {
    return database.update(FORGET, age.toSeconds(), limit);
  }

  private static Row row(ResultSet row) throws SQLException {
    List<Header> headers = RecordHeaders.read(row.getString("headers"));
    byte[] key = row.getBytes("record_key");
    DeadLetterView view =
        new DeadLetterView(
            row.getString("id"),
            row.getString("topic"),
            row.getObject("topic_partition", Integer.class),
            row.getObject("topic_offset", Long.class),
            row.getString("service"),
            key == null ? null : new String(key, StandardCharsets.UTF_8),
            RecordHeaders.text(headers, "ce_id"),
            RecordHeaders.text(headers, "ce_type"),
            row.getString("reason"),
            row.getLong("bytes"),
            row.getBoolean("kept"),
            instant(row, "put_at"),
            DeadLetterState.valueOf(row.getString("state")),
            instant(row, "settled_at"));
    return new Row(view, headers);
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
