package org.medtransformers.service.event;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.medtransformers.contracts.event.Topics;

/**
 * What is said of a record that was put aside: headers of the letter, besides the record's own.
 *
 * @param id the same however often the record is put aside; another after it was sent again
 * @param topic that the record came from
 * @param partition of that topic; null if the letter does not say
 * @param offset likewise
 * @param service that could not handle the record; null if the letter does not say
 * @param reason why
 * @param omitted how many bytes of value no broker took, so that the letter is without; else null
 */
public record DeadLetter(
    UUID id,
    String topic,
    Integer partition,
    Long offset,
    String service,
    String reason,
    Long omitted) {
  private static final String PREFIX = "dead-letter-";
  private static final String ID = PREFIX + "id";
  private static final String PARTITION = PREFIX + "partition";
  private static final String OFFSET = PREFIX + "offset";
  private static final String SERVICE = PREFIX + "service";
  private static final String REASON = PREFIX + "reason";
  private static final String OMITTED = PREFIX + "omitted";
  private static final int MAX_REASON = 1024;

  /** Of {@code record}, which {@code service} cannot handle. */
  static DeadLetter of(ConsumerRecord<String, byte[]> record, String service, String reason) {
    return new DeadLetter(
        idOf(record, service),
        record.topic(),
        record.partition(),
        record.offset(),
        service,
        reason.substring(0, Math.min(reason.length(), MAX_REASON)),
        null);
  }

  /** As {@code letter} says, whoever wrote it. */
  public static DeadLetter read(ConsumerRecord<String, byte[]> letter) {
    Headers headers = letter.headers();
    String id = CloudEvent.text(headers, ID);
    String reason = CloudEvent.text(headers, REASON);
    Long partition = number(headers, PARTITION);
    return new DeadLetter(
        id == null ? idOf(letter, "") : idOf(id),
        Topics.ofDeadLetter(letter.topic()),
        partition == null ? null : partition.intValue(),
        number(headers, OFFSET),
        CloudEvent.text(headers, SERVICE),
        reason == null ? "the letter names no reason" : reason,
        number(headers, OMITTED));
  }

  /** The headers that the record itself had. */
  public static List<Header> withoutOurs(Headers headers) {
    return StreamSupport.stream(headers.spliterator(), false)
        .filter(header -> !header.key().startsWith(PREFIX))
        .toList();
  }

  DeadLetter withoutValue(int bytes) {
    return new DeadLetter(id, topic, partition, offset, service, reason, (long) bytes);
  }

  void addTo(Headers headers) {
    CloudEvent.put(headers, ID, id.toString());
    CloudEvent.put(headers, REASON, reason);
    CloudEvent.put(headers, PARTITION, partition.toString());
    CloudEvent.put(headers, OFFSET, offset.toString());
    CloudEvent.put(headers, SERVICE, service);
    if (omitted != null) {
      CloudEvent.put(headers, OMITTED, omitted.toString());
    }
  }

  /** By its time too: a topic that was lost and made anew counts from 0 again. */
  private static UUID idOf(ConsumerRecord<?, ?> record, String service) {
    return idOf(
        String.join(
            "\n",
            service,
            record.topic(),
            String.valueOf(record.partition()),
            String.valueOf(record.offset()),
            String.valueOf(record.timestamp())));
  }

  private static UUID idOf(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static Long number(Headers headers, String name) {
    String text = CloudEvent.text(headers, name);
    try {
      return text == null ? null : Long.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
