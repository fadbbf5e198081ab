package org.medtransformers.gateway.rest;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/** Counts streams, so that no client takes what others need too: each looks into the database. */
final class OpenStreams {
  private final int most;
  private final int mostPerClient;
  private final Map<String, Integer> perClient = new HashMap<>();
  private int all;

  /**
   * @param most of all clients together
   */
  OpenStreams(int most, int mostPerClient) {
    this.most = most;
    this.mostPerClient = mostPerClient;
  }

  /** Of one stream; it is left once, however often that is said. */
  final class Place {
    private final String client;
    private final AtomicBoolean left = new AtomicBoolean();

    private Place(String client) {
      this.client = client;
    }

    void leave() {
      if (left.compareAndSet(false, true)) {
        OpenStreams.this.leave(client);
      }
    }
  }

  /**
   * One more for {@code client}.
   *
   * @throws MedtransException {@code UNAVAILABLE} where it, or all together, have as many as
   *     allowed
   */
  synchronized Place take(String client) {
    int own = perClient.getOrDefault(client, 0);
    if (own >= mostPerClient) {
      throw tooMany("%s has %d streams of events open".formatted(client, own), mostPerClient);
    }
    if (all >= most) {
      throw tooMany("%d streams of events are open".formatted(all), most);
    }
    perClient.put(client, own + 1);
    all++;
    return new Place(client);
  }

  private synchronized void leave(String client) {
    perClient.computeIfPresent(client, (c, own) -> own == 1 ? null : own - 1);
    all--;
  }

  private static MedtransException tooMany(String found, int allowed) {
    return MedtransException.of(
        ErrorCode.UNAVAILABLE, "%s, allowed: %d; try again".formatted(found, allowed));
  }
}
