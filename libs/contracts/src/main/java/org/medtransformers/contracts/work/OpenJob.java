package org.medtransformers.contracts.work;

import java.time.Instant;

/**
 * Work that has not ended.
 *
 * @param experimentId empty where the sender named none
 * @param priority higher ones have their turn first
 * @param turn of the waiting ones, from 1, as it would be if nothing came and nothing ended; null
 *     for one that is held
 * @param owner the process that holds it, as {@code pid@host#number}; null where nobody does
 * @param attempt how often it was taken
 * @param since when it was taken or, waiting, when it may be taken
 * @param heard when its holder last said that it lives; null where nobody holds it
 * @param waitingFor what it waits for besides its turn, such as room on the disk; null: for nothing
 * @param reached how far the last attempt to say so was; null where none did
 * @param cancelRequested whether it is to stop
 * @param alone whether it is done while its process does nothing else, as one died with it before
 */
public record OpenJob(
    String runId,
    String experimentId,
    int priority,
    Integer turn,
    String owner,
    int attempt,
    Instant since,
    Instant heard,
    String waitingFor,
    String reached,
    boolean cancelRequested,
    boolean alone) {}
