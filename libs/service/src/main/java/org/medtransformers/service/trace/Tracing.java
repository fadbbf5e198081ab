package org.medtransformers.service.trace;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Carries a trace over what no agent can look through: a row of a table that waits for somebody
 * else to take it up. Does nothing while traces are off.
 */
@Singleton
public final class Tracing {
  /** How W3C Trace Context calls what is carried. */
  public static final String TRACEPARENT = "traceparent";

  /** Characters of an id at most: one that a stranger made up must not fill the collector. */
  private static final int LONGEST_ID = 64;

  private static final TextMapGetter<Map<String, String>> GETTER =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Map<String, String> carrier) {
          return carrier.keySet();
        }

        @Override
        public String get(Map<String, String> carrier, String key) {
          return carrier.get(key);
        }
      };

  private final TextMapPropagator propagator;
  private final Tracer tracer;

  /**
   * @param off a disabled SDK still gives spans ids, which would lead to traces that nobody has
   */
  public Tracing(
      OpenTelemetry telemetry, @ConfigProperty(name = "quarkus.otel.sdk.disabled") boolean off) {
    OpenTelemetry used = off ? OpenTelemetry.noop() : telemetry;
    this.propagator = used.getPropagators().getTextMapPropagator();
    this.tracer = used.getTracer("medtransformers");
  }

  /** What a request of the caller's carries in its headers; empty where nothing is traced. */
  public Map<String, String> headers() {
    Map<String, String> headers = new HashMap<>();
    propagator.inject(Context.current(), headers, Map::put);
    return headers;
  }

  /** What the caller works for, to be kept in a row; null where nothing is traced. */
  public String current() {
    return headers().get(TRACEPARENT);
  }

  /**
   * Does {@code work} as a span of the trace that it was asked for in.
   *
   * @param asked as {@link #current} gave it to whoever asked; null begins a trace of its own
   */
  public <T> T within(String span, SpanKind kind, String asked, Supplier<T> work) {
    Span begun = tracer.spanBuilder(span).setSpanKind(kind).setParent(parent(asked)).startSpan();
    try (Scope scope = begun.makeCurrent()) {
      return work.get();
    } catch (RuntimeException e) {
      begun.recordException(e).setStatus(StatusCode.ERROR);
      throw e;
    } finally {
      begun.end();
    }
  }

  /** The caller's span is about {@code run}. */
  public void about(String run) {
    String id = run.length() > LONGEST_ID ? run.substring(0, LONGEST_ID) : run;
    Span.current().setAttribute("medtrans.run", id);
  }

  /** The caller's span ends without what it was for, though the caller goes on. */
  public void failed(Throwable reason) {
    Span.current().recordException(reason).setStatus(StatusCode.ERROR);
  }

  private Context parent(String asked) {
    return asked == null
        ? Context.root()
        : propagator.extract(Context.root(), Map.of(TRACEPARENT, asked), GETTER);
  }
}
