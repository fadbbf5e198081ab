package org.medtransformers.service.access;

import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;
import java.io.PushbackInputStream;

/**
 * Refuses a body that does not say what it is, which Quarkus takes for whatever a method consumes
 * (quarkus issue 48574): a foreign page may send such a body without asking first whether it may.
 */
@Provider
public class TypedBodies implements ReaderInterceptor {
  @Override
  public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
    String type = context.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE);
    if (type == null || type.isBlank()) {
      PushbackInputStream body = new PushbackInputStream(context.getInputStream());
      int first = body.read();
      if (first >= 0) {
        throw new NotSupportedException("the body has no Content-Type");
      }
      context.setInputStream(body);
    }
    return context.proceed();
  }
}
