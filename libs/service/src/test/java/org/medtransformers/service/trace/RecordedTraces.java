package org.medtransformers.service.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.List;
import java.util.Optional;

/** Keeps what is traced, while the application's own traces are off. */
public final class RecordedTraces {
  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final Tracing tracing =
      new Tracing(
          OpenTelemetrySdk.builder()
              .setTracerProvider(
                  SdkTracerProvider.builder()
                      .addSpanProcessor(SimpleSpanProcessor.create(spans))
                      .build())
              .build(),
          false);

  public Tracing tracing() {
    return tracing;
  }

  /** Of each span that has ended, in this order, its status. */
  public List<StatusCode> statuses() {
    return spans.getFinishedSpanItems().stream().map(s -> s.getStatus().getStatusCode()).toList();
  }

  /** The exceptions that the last span tells of, by their messages. */
  public List<String> exceptions() {
    return last().getEvents().stream()
        .map(e -> e.getAttributes().get(AttributeKey.stringKey("exception.message")))
        .toList();
  }

  /** The run that the last span is about. */
  public Optional<String> run() {
    return Optional.ofNullable(last().getAttributes().get(AttributeKey.stringKey("medtrans.run")));
  }

  private SpanData last() {
    List<SpanData> ended = spans.getFinishedSpanItems();
    return ended.get(ended.size() - 1);
  }
}
