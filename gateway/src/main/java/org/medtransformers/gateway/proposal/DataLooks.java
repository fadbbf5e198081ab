package org.medtransformers.gateway.proposal;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.medtransformers.contracts.comparison.DataLook;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.gateway.config.GatewayConfig;
import org.medtransformers.gateway.peer.Peer;
import org.medtransformers.gateway.peer.Peers;

/** Has the data-service look at data. */
@Singleton
final class DataLooks {
  private static final String LOOKS = "/api/v1/looks";
  private static final int TRIES = 10;
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Peers peers;
  private final Duration limit;

  DataLooks(Peers peers, GatewayConfig config) {
    this.peers = peers;
    this.limit = config.planning().looking();
  }

  /**
   * What is seen at {@code data}. The first replica that answers is asked until it is through: the
   * others would begin anew.
   *
   * @param progress hears how far it is
   * @throws MedtransException as the data-service says it, or {@link ErrorCode#UNAVAILABLE} where
   *     it does not answer, or is not through in time
   */
  DataLook at(String data, Consumer<String> progress) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    int failures = 0;
    while (true) {
      try {
        return peers.post(Peer.DATA, LOOKS, new DataLook.Request(data), DataLook.class);
      } catch (MedtransException e) {
        boolean silent = e.getCause() instanceof IOException;
        if (e.code() != ErrorCode.UNAVAILABLE || (silent && ++failures == TRIES)) {
          throw e;
        }
        if (System.nanoTime() - deadline > 0) {
          throw MedtransException.of(
              ErrorCode.UNAVAILABLE,
              "the data could not be looked at within %s: %s".formatted(limit, e.getMessage()),
              e);
        }
        if (!silent) {
          progress.accept(e.getMessage());
        }
      }
      Thread.sleep(PAUSE.toMillis());
    }
  }
}
