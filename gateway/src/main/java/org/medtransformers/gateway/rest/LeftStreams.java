package org.medtransformers.gateway.rest;

import com.fasterxml.jackson.core.JacksonException;
import io.netty.handler.codec.http2.Http2Exception;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.logging.Logger;
import org.jboss.resteasy.reactive.server.handlers.PublisherResponseHandler;

/**
 * A client that leaves an event stream while something is on its way to it is no error: it may come
 * at any moment, loses nothing, and an operator can do nothing about it. REST calls it one.
 */
@Singleton
final class LeftStreams {
  /** How Netty begins when a stream of HTTP/2 has ended before its message was written. */
  private static final String STREAM_GONE = "Stream no longer exists";

  /** Held here, since a logger that nobody holds forgets its filter. */
  private final Logger streams = Logger.getLogger(PublisherResponseHandler.class.getName());

  void start(@Observes StartupEvent event) {
    streams.setFilter(entry -> !left(entry.getThrown()));
  }

  /** A connection or a stream of HTTP/2 is told to be gone in many ways, by when it went. */
  private static boolean left(Throwable thrown) {
    return isOfConnection(thrown)
        || thrown instanceof HttpClosedException
        || thrown instanceof StreamResetException
        || thrown instanceof Http2Exception
        || (thrown instanceof IllegalArgumentException
            && String.valueOf(thrown.getMessage()).startsWith(STREAM_GONE));
  }

  /** Closed, reset, broken; what Jackson cannot write is an {@link IOException} too. */
  private static boolean isOfConnection(Throwable thrown) {
    return thrown instanceof IOException && !(thrown instanceof JacksonException);
  }
}
