package org.medtransformers.gateway.letter;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.result.DeadLetterDetail;
import org.medtransformers.contracts.result.DeadLetterPage;
import org.medtransformers.contracts.result.DeadLetterState;
import org.medtransformers.contracts.result.DeadLetterView;
import org.medtransformers.gateway.entity.Ids;
import org.medtransformers.service.database.Database;
import org.medtransformers.service.event.DeadLetter;
import org.medtransformers.service.event.DeadLetters;

/**
 * The records that services have put aside. A letter waits until somebody has it replayed or
 * dropped, however long that takes; it is remembered for some weeks after. An unknown id is {@code
 * NOT_FOUND}.
 */
@Singleton
public final class Letters {
  private static final Logger LOG = Logger.getLogger(Letters.class);
  private static final int SHOWN_BYTES = 1 << 16;

  private final LetterTable table;
  private final DeadLetters sender;
  private final LateCommands late;
  private final Database database;
  private final Clock clock;

  Letters(
      LetterTable table, DeadLetters sender, LateCommands late, Database database, Clock clock) {
    this.table = table;
    this.sender = sender;
    this.late = late;
    this.database = database;
    this.clock = clock;
  }

  /** Keeps a letter; one that is there already is left as it is. */
  public void keep(ConsumerRecord<String, byte[]> letter) {
    Instant now = clock.instant();
    Instant dated = Instant.ofEpochMilli(letter.timestamp());
    // Whoever wrote it may have dated it as he liked, or not at all.
    boolean possible = letter.timestamp() > 0 && dated.isBefore(now);
    table.insert(DeadLetter.read(letter), letter, possible ? dated : now);
  }

  /**
   * One page, the newest first.
   *
   * @param states names of {@link DeadLetterState}s, separated by commas
   */
  public DeadLetterPage page(String states, int page, int size) {
    return new DeadLetterPage(table.page(states, page, size), page, size, table.count(states));
  }

  /** A letter with its headers and the beginning of its value. */
  public DeadLetterDetail detail(String id) {
    LetterTable.Row row = require(id, table::find);
    Optional<byte[]> shown = table.value(UUID.fromString(row.view().id()), SHOWN_BYTES);
    boolean truncated = row.view().bytes() > shown.map(bytes -> bytes.length).orElse(0);
    return new DeadLetterDetail(
        row.view(),
        RecordHeaders.shown(row.headers()),
        shown.map(bytes -> new String(bytes, StandardCharsets.UTF_8)).orElse(null),
        truncated);
  }

  /**
   * The value, all of it; empty where the record has none.
   *
   * @throws MedtransException {@code CONFLICT} if it was not kept
   */
  public byte[] value(String id) {
    LetterTable.Row row = require(id, table::find);
    requireKept(row.view());
    return table.value(UUID.fromString(row.view().id()), Integer.MAX_VALUE).orElse(new byte[0]);
  }

  /**
   * Sends the record to its topic again, as it came, and returns when the broker has it. If this is
   * cut short it may be sent twice, which is as if the broker had delivered it twice. One that has
   * been replayed is left as it is.
   *
   * @throws MedtransException {@code CONFLICT} if it was dropped, its value was not kept, or it is
   *     a command that its run does not wait for any more; {@code UNAVAILABLE} if the broker does
   *     not take it now
   */
  public DeadLetterView replay(String id) {
    return database.inTransaction(
        () -> {
          LetterTable.Row row = require(id, table::findLocked);
          if (row.view().state() == DeadLetterState.DROPPED) {
            throw conflict(row.view(), "was dropped at " + row.view().settled());
          }
          return row.view().state() == DeadLetterState.REPLAYED ? row.view() : sent(row);
        });
  }

  private DeadLetterView sent(LetterTable.Row row) {
    requireKept(row.view());
    ProducerRecord<String, byte[]> record = table.record(row);
    late.reason(row.view().type(), record.value())
        .ifPresent(
            why -> {
              throw conflict(row.view(), why + "; drop it");
            });
    try {
      if (!sender.send(record)) {
        throw conflict(row.view(), "is larger than its topic takes");
      }
    } catch (KafkaException e) {
      throw MedtransException.of(
          ErrorCode.UNAVAILABLE,
          "the broker did not take dead letter %s; it waits as before".formatted(row.view().id()),
          e);
    }
    return settled(row.view(), DeadLetterState.REPLAYED);
  }

  /**
   * Says that the record is not to be sent again; that it is said once more changes nothing.
   *
   * @throws MedtransException {@code CONFLICT} if it has been replayed
   */
  public void drop(String id) {
    database.inTransaction(
        () -> {
          DeadLetterView letter = require(id, table::findLocked).view();
          switch (letter.state()) {
            case WAITING -> settled(letter, DeadLetterState.DROPPED);
            case REPLAYED -> throw conflict(letter, "was replayed at " + letter.settled());
            case DROPPED -> {}
          }
        });
  }

  private DeadLetterView settled(DeadLetterView letter, DeadLetterState state) {
    table.settle(letter.id(), state);
    LOG.infof("Dead letter %s of %s: %s", letter.id(), letter.topic(), state);
    return require(letter.id(), table::find).view();
  }

  private static void requireKept(DeadLetterView letter) {
    if (!letter.kept()) {
      throw conflict(
          letter, "has lost its value: its %d bytes were too many".formatted(letter.bytes()));
    }
  }

  private static MedtransException conflict(DeadLetterView letter, String why) {
    return MedtransException.of(ErrorCode.CONFLICT, "dead letter " + letter.id() + " " + why);
  }

  private static LetterTable.Row require(
      String id, Function<UUID, Optional<LetterTable.Row>> find) {
    return Ids.parse(id)
        .flatMap(find)
        .orElseThrow(
            () -> MedtransException.of(ErrorCode.NOT_FOUND, "there is no dead letter " + id));
  }
}
