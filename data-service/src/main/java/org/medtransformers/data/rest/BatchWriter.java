package org.medtransformers.data.rest;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;
import org.jboss.resteasy.reactive.server.vertx.VertxResteasyReactiveRequestContext;
import org.medtransformers.contracts.tensor.Safetensors;
import org.medtransformers.data.service.BatchGate;
import org.medtransformers.data.service.Delivery;

/** Sends a batch from the memory it was made in, and counts it until its reader has taken it. */
@Provider
@Produces(Safetensors.MEDIA_TYPE)
public class BatchWriter implements ServerMessageBodyWriter<Safetensors> {
  private final BatchGate gate;

  BatchWriter(BatchGate gate) {
    this.gate = gate;
  }

  @Override
  public boolean isWriteable(
      Class<?> type, Type generic, ResteasyReactiveResourceInfo target, MediaType mediaType) {
    return type == Safetensors.class;
  }

  @Override
  public boolean isWriteable(
      Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
    return type == Safetensors.class;
  }

  @Override
  public void writeResponse(Safetensors batch, Type generic, ServerRequestContext context) {
    Buffer body = wrapped(batch);
    HttpServerRequest request =
        ((VertxResteasyReactiveRequestContext) context.serverResponse()).vertxServerRequest();
    HttpServerResponse response = request.response();
    response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
    Delivery delivery =
        gate.sent(reader(request), body.length(), () -> request.connection().close());
    try {
      send(body, 0, response, delivery);
    } catch (RuntimeException e) {
      delivery.ended();
      throw e;
    }
  }

  /** Whose share of the room a request takes. */
  static String reader(HttpServerRequest request) {
    return request.remoteAddress().host();
  }

  /** The next piece, and when that is taken, what is behind it. */
  private static void send(Buffer body, int from, HttpServerResponse response, Delivery delivery) {
    int to = Math.min(body.length(), from + Delivery.piece());
    Buffer piece = body.slice(from, to);
    if (to == body.length()) {
      response.end(piece).onComplete(ended -> delivery.ended());
      return;
    }
    response
        .write(piece)
        .onSuccess(
            taken -> {
              delivery.taken(to - from);
              send(body, to, response, delivery);
            })
        .onFailure(gone -> delivery.ended());
  }

  /** Deprecated or not, no other buffer shares memory that is there already. */
  @SuppressWarnings("deprecation")
  private static Buffer wrapped(Safetensors batch) {
    return Buffer.buffer(Unpooled.wrappedBuffer(batch.parts().toArray(ByteBuffer[]::new)));
  }

  @Override
  public void writeTo(
      Safetensors batch,
      Class<?> type,
      Type generic,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, Object> headers,
      OutputStream out)
      throws IOException {
    batch.write(Channels.newChannel(out));
  }
}
