package org.medtransformers.gateway.rest;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.channels.ClosedChannelException;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.resteasy.reactive.server.handlers.PublisherResponseHandler;

/**
 * A client that leaves an event stream while something is on its way to it is no error: it may come
 * at any moment, loses nothing, and an operator can do nothing about it. REST calls it one.
 */
@Singleton
final class LeftStreams {
  /** Held here, since a logger that nobody holds forgets its filter. */
  private final Logger streams = Logger.getLogger(PublisherResponseHandler.class.getName());

  void start(@Observes StartupEvent event) {
    streams.setFilter(entry -> !left(entry));
  }

  private static boolean left(LogRecord entry) {
    Throwable thrown = entry.getThrown();
    return thrown instanceof ClosedChannelException
        || thrown instanceof HttpClosedException
        || thrown instanceof StreamResetException;
  }
}
