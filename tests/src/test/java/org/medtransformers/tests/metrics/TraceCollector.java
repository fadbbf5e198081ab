package org.medtransformers.tests.metrics;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/** Takes spans as OTLP over HTTP and keeps them. */
final class TraceCollector implements AutoCloseable {
  private record Span(ByteString trace, String name) {}

  private final Queue<Span> spans = new ConcurrentLinkedQueue<>();
  private final HttpServer server;

  TraceCollector() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/traces",
        exchange -> {
          ExportTraceServiceRequest.parseFrom(exchange.getRequestBody())
              .getResourceSpansList()
              .forEach(this::keep);
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  private void keep(ResourceSpans resource) {
    String service =
        resource.getResource().getAttributesList().stream()
            .filter(attribute -> attribute.getKey().equals("service.name"))
            .map(attribute -> attribute.getValue().getStringValue())
            .findFirst()
            .orElseThrow();
    resource
        .getScopeSpansList()
        .forEach(
            scope ->
                scope
                    .getSpansList()
                    .forEach(
                        s -> spans.add(new Span(s.getTraceId(), service + " " + s.getName()))));
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Of each trace that came, the names of its spans, each after its service's. */
  List<Set<String>> traces() {
    Map<ByteString, Set<String>> traces =
        spans.stream()
            .collect(
                Collectors.groupingBy(
                    Span::trace,
                    Collectors.mapping(Span::name, Collectors.toCollection(TreeSet::new))));
    return List.copyOf(traces.values());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
