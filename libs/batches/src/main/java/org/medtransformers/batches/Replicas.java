package org.medtransformers.batches;

import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;
import org.medtransformers.contracts.Backoff;

/**
 * Whose turn it is. A replica that failed is left out for a second, and twice as long from failure
 * to failure, up to a minute; then a single request finds out whether it is back. Where all have
 * failed, the one that is due first is asked all the same. Safe for many threads.
 */
final class Replicas {
  private static final System.Logger LOG = System.getLogger(Replicas.class.getName());
  private static final Backoff ABSENCES = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

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

  private final List<Replica> all;
  private final LongSupplier nanoTime;
  private int turn;

  /**
   * @param nanoTime a clock of nanoseconds, as {@link System#nanoTime}
   */
  Replicas(List<URI> addresses, LongSupplier nanoTime) {
    this.all = addresses.stream().map(Replica::new).toList();
    this.nanoTime = nanoTime;
  }

  /** The address to ask next. */
  synchronized URI next() {
    long now = nanoTime.getAsLong();
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
    Replica replica = find(address);
    if (replica.failures > 0) {
      replica.failures = 0;
      LOG.log(Level.INFO, "The data-service at {0} answers again", address);
    }
  }

  /** Requests that were in flight together fail together: only the first changes anything. */
  synchronized void failed(URI address, Exception reason) {
    Replica replica = find(address);
    if (replica.failures == 0) {
      replica.leaveOut(nanoTime.getAsLong());
      LOG.log(Level.INFO, "The data-service at {0} is left out: {1}", address, reason);
    }
  }

  private Replica find(URI address) {
    return all.stream().filter(r -> r.address.equals(address)).findFirst().orElseThrow();
  }
}
