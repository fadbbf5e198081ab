package org.medtransformers.contracts.result;

import java.time.Instant;

/**
 * A record that a service could not handle and put aside. What the record says of itself (key,
 * event, type) and much of the reason come from whoever sent it: they may be anything.
 *
 * @param topic that it was received from
 * @param partition null where the letter does not say; so are offset and service
 * @param service that could not handle it
 * @param key null where the record has none
 * @param event id of the event; null where the record names none; so is type
 * @param bytes of its value
 * @param kept whether the value is; one that no broker took is not, and cannot be replayed
 * @param at when it was put aside
 * @param settled when it was replayed or dropped; null while it waits
 */
public record DeadLetterView(
    String id,
    String topic,
    Integer partition,
    Long offset,
    String service,
    String key,
    String event,
    String type,
    String reason,
    long bytes,
    boolean kept,
    Instant at,
    DeadLetterState state,
    Instant settled) {}
