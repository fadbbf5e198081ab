package org.medtransformers.gateway.rest;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;
import java.io.InputStream;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.gateway.config.GatewayConfig;
import org.medtransformers.service.problem.Problem;

/**
 * Refuses bodies that are too large with a problem document, whether they announce their length or
 * not. Quarkus has a limit too, but says nothing when it is reached.
 */
@Provider
public class BodyLimit implements ReaderInterceptor {
  private static final int BEFORE_QUARKUS = 1000;
  private static final int TOO_LARGE = 413;

  /** Where the body is an image. */
  private static final String IMAGES = "/predictions";

  /** Asked for at run time only: providers are made before the configuration is known. */
  private final Instance<GatewayConfig> config;

  BodyLimit(Instance<GatewayConfig> config) {
    this.config = config;
  }

  void register(@Observes Filters filters) {
    filters.register(this::checkAnnounced, BEFORE_QUARKUS);
  }

  @Override
  public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
    // What is handed on as it comes is never in memory.
    boolean handedOn = context.getType() == InputStream.class;
    context.setInputStream(
        new CountedBody(context.getInputStream(), handedOn ? imageLimit() : limit()));
    return context.proceed();
  }

  private void checkAnnounced(RoutingContext request) {
    String announced = request.request().getHeader(HttpHeaders.CONTENT_LENGTH);
    long allowed = request.normalizedPath().endsWith(IMAGES) ? imageLimit() : limit();
    if (announced == null || Long.parseLong(announced) <= allowed) {
      request.next();
      return;
    }
    Problem.of(
            ErrorCode.INVALID_REQUEST,
            TOO_LARGE,
            "the body has %s bytes, allowed are %d".formatted(announced, allowed))
        .answer(request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE));
  }

  private long imageLimit() {
    return config.get().peers().maxImageSize().asLongValue();
  }

  private long limit() {
    return config.get().maxBodySize().asLongValue();
  }
}
