package org.medtransformers.batches;

import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.medtransformers.contracts.Backoff;

/**
 * Whose turn it is. A name that stands for several addresses is as many replicas, which are found
 * anew every few seconds. A replica that failed is left out for a second, and twice as long from
 * failure to failure, up to a minute; then a single request finds out whether it is back. Where all
 * have failed, the one that is due first is asked all the same. Safe for many threads.
 */
final class Replicas {
  private static final System.Logger LOG = System.getLogger(Replicas.class.getName());
  private static final Backoff ABSENCES = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

  private static final Duration LOOK_UP_EVERY = Duration.ofSeconds(5);

  /** One address and what is known of it. */
  private static final class Replica {
    private final URI address;
    private int failures;
    private long dueAt;

    Replica(URI address) {
      this.address = address;
    }

    boolean present(long now) {
      return failures == 0 || now - dueAt >= 0;
    }

    void leaveOut(long now) {
      failures++;
      dueAt = now + ABSENCES.after(failures).toNanos();
    }
  }

  private final List<URI> names;
  private final UnaryOperator<List<URI>> addresses;
  private final LongSupplier nanoTime;
  private final AtomicLong lookUpAt;
  private List<Replica> all;
  private int turn;

  /**
   * @param names what is configured
   * @param addresses what stands behind it at present, one or more
   * @param nanoTime a clock of nanoseconds, as {@link System#nanoTime}
   */
  Replicas(List<URI> names, UnaryOperator<List<URI>> addresses, LongSupplier nanoTime) {
    this.names = names;
    this.addresses = addresses;
    this.nanoTime = nanoTime;
    this.all = names.stream().map(Replica::new).toList();
    this.lookUpAt = new AtomicLong(nanoTime.getAsLong());
  }

  /** The address to ask next. */
  URI next() {
    long now = nanoTime.getAsLong();
    long due = lookUpAt.get();
    // By one thread, and none waits for it: a name server may take its time.
    if (now - due >= 0 && lookUpAt.compareAndSet(due, now + LOOK_UP_EVERY.toNanos())) {
      replace(addresses.apply(names));
    }
    return next(now);
  }

  /** What is known of those that stay is kept. */
  private synchronized void replace(List<URI> present) {
    all = present.stream().map(address -> known(address).orElse(new Replica(address))).toList();
  }

  private synchronized URI next(long now) {
    for (int i = 0; i < all.size(); i++) {
      Replica replica = all.get(Math.floorMod(turn++, all.size()));
      if (replica.present(now)) {
        if (replica.failures > 0) {
          replica.leaveOut(now);
        }
        return replica.address;
      }
    }
    return all.stream().min(Comparator.comparingLong(r -> r.dueAt - now)).orElseThrow().address;
  }

  /** Whether there is one to ask without a pause. */
  synchronized boolean anyPresent() {
    long now = nanoTime.getAsLong();
    return all.stream().anyMatch(replica -> replica.present(now));
  }

  synchronized void answered(URI address) {
    known(address)
        .filter(replica -> replica.failures > 0)
        .ifPresent(
            replica -> {
              replica.failures = 0;
              LOG.log(Level.INFO, "The data-service at {0} answers again", address);
            });
  }

  /** Requests that were in flight together fail together: only the first changes anything. */
  synchronized void failed(URI address, Exception reason) {
    known(address)
        .filter(replica -> replica.failures == 0)
        .ifPresent(
            replica -> {
              replica.leaveOut(nanoTime.getAsLong());
              LOG.log(Level.INFO, "The data-service at {0} is left out: {1}", address, reason);
            });
  }

  /** Empty for one that has gone since. */
  private Optional<Replica> known(URI address) {
    return all.stream().filter(r -> r.address.equals(address)).findFirst();
  }
}
