package org.medtransformers.gateway.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonParseException;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Filter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.handlers.PublisherResponseHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.medtransformers.localstack.testing.ExpectsErrors;

class LeftStreamsTest {
  private static final Logger STREAMS = Logger.getLogger(PublisherResponseHandler.class.getName());

  /** Of a service that runs in this process, too. */
  private final Filter before = STREAMS.getFilter();

  private final List<Throwable> logged = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          logged.add(entry.getThrown());
        }

        @Override
        public void flush() {
          // Nothing waits.
        }

        @Override
        public void close() {
          // Nothing is open.
        }
      };

  @BeforeEach
  void start() {
    new LeftStreams().start(new StartupEvent());
    STREAMS.addHandler(handler);
  }

  @AfterEach
  void stop() {
    STREAMS.removeHandler(handler);
    STREAMS.setFilter(before);
  }

  @Test
  @ExpectsErrors("Exception in SSE server handling")
  void whoLeavesIsNoErrorAndWhatElseGoesWrongIsOne() {
    List<Throwable> left =
        List.of(
            new ClosedChannelException(),
            new IOException("Broken pipe"),
            new HttpClosedException("Connection was closed"),
            new IllegalArgumentException("Stream no longer exists: 19"),
            Http2Exception.streamError(19, Http2Error.STREAM_CLOSED, "Stream closed"));
    List<Throwable> wrong =
        List.of(
            new JsonParseException(null, "no text can be made of it"),
            new IllegalArgumentException("no text can be made of it"),
            new IllegalStateException());
    for (Throwable thrown : Stream.concat(left.stream(), wrong.stream()).toList()) {
      STREAMS.log(Level.SEVERE, "Exception in SSE server handling", thrown);
    }
    assertEquals(wrong, logged);
  }
}
