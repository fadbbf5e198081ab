package org.medtransformers.cli.run;

import java.util.Set;
import org.medtransformers.cli.gateway.EventFeed;
import org.medtransformers.cli.gateway.EventFeed.Heard;
import org.medtransformers.cli.gateway.GatewayClient;
import org.medtransformers.cli.terminal.Interruption;
import org.medtransformers.cli.terminal.Patience;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.event.EventTypes;
import org.medtransformers.contracts.event.ExperimentEvent;

/**
 * Ends the pauses of whoever watches an experiment when a run, or the experiment, has changed its
 * state. A line that breaks is taken up again after the last event heard; meanwhile, and where the
 * gateway has no such line, the watcher's own looks have to do.
 */
final class StateNews implements AutoCloseable {
  private static final Set<String> TELLING =
      Set.of(
          EventTypes.of(ExperimentEvent.RunStateChanged.class).name(),
          EventTypes.of(ExperimentEvent.Ended.class).name());

  private final GatewayClient gateway;
  private final String experimentId;
  private final Interruption watcher;
  private final Patience patience;
  private final Thread thread = new Thread(this::listen, "state-news");
  private long last;
  private EventFeed feed;
  private boolean closed;

  StateNews(GatewayClient gateway, String experimentId, Interruption watcher, Patience patience) {
    this.gateway = gateway;
    this.experimentId = experimentId;
    this.watcher = watcher;
    this.patience = patience;
  }

  /** Begins to listen, on a thread of its own. */
  StateNews listening() {
    thread.setDaemon(true);
    thread.start();
    return this;
  }

  private void listen() {
    try {
      while (isOpen()) {
        hear();
        Thread.sleep(patience.interval().toMillis());
      }
    } catch (InterruptedException | MedtransException e) {
      // Closed, or refused: that is for the watcher to tell, who asks the same gateway.
      thread.interrupt();
    }
  }

  private void hear() {
    try (EventFeed events = opened(gateway.events(experimentId, last))) {
      for (var heard = events.next(); heard.isPresent(); heard = events.next()) {
        Heard event = heard.get();
        last = event.id();
        if (TELLING.contains(event.type())) {
          watcher.endPause();
        }
      }
    } catch (MedtransException e) {
      if (!e.retriable()) {
        throw e;
      }
    }
  }

  private synchronized boolean isOpen() {
    return !closed;
  }

  private synchronized EventFeed opened(EventFeed events) {
    feed = events;
    if (closed) {
      events.close();
    }
    return events;
  }

  @Override
  public synchronized void close() {
    closed = true;
    thread.interrupt();
    if (feed != null) {
      feed.close();
    }
  }
}
