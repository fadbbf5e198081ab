package org.medtransformers.data.rest;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import jakarta.ws.rs.Produces;
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
    long bytes = body.length();
    gate.sent(bytes);
    try {
      ((VertxResteasyReactiveRequestContext) context.serverResponse())
          .vertxServerResponse()
          .end(body)
          .onComplete(ended -> gate.taken(bytes));
    } catch (RuntimeException e) {
      gate.taken(bytes);
      throw e;
    }
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
