package org.medtransformers.service.liveness;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.medtransformers.service.config.MedtransConfig;

/** The hearts of a service, and which of them have stood still for too long. */
@Singleton
public final class Heartbeats {
  private final Map<Heartbeat, String> hearts = new ConcurrentHashMap<>();
  private final Duration maxSilence;
  private final LongSupplier nanoTime;

  @Inject
  Heartbeats(MedtransConfig config) {
    this(config.liveness().maxSilence(), System::nanoTime);
  }

  /** By a clock other than the process's own. */
  public Heartbeats(Duration maxSilence, LongSupplier nanoTime) {
    this.maxSilence = maxSilence;
    this.nanoTime = nanoTime;
  }

  /** A heart that beats from now on. */
  public Heartbeat start(String name) {
    Heartbeat[] self = new Heartbeat[1];
    self[0] = new Heartbeat(nanoTime, () -> hearts.remove(self[0]));
    hearts.put(self[0], name);
    return self[0];
  }

  /** How long those have been silent, by name, that have been so for more than is allowed. */
  public Map<String, Duration> stopped() {
    Map<String, Duration> stopped = new TreeMap<>();
    hearts.forEach(
        (heart, name) -> {
          Duration silence = heart.silence();
          if (silence.compareTo(maxSilence) > 0) {
            stopped.put(name, silence);
          }
        });
    return stopped;
  }

  Duration maxSilence() {
    return maxSilence;
  }
}
