package org.medtransformers.contracts.metric;

/** A metric that the libraries of every service bring along, of those that somebody looks at. */
enum LibraryMetric {
  REQUESTS("http_server_requests_seconds_count", "counter", "method, outcome, status, uri"),
  REQUEST_TIME("http_server_requests_seconds_sum", "counter", "method, outcome, status, uri"),
  CONSUMER_LAG("kafka_consumer_fetch_manager_records_lag_max", "gauge", "client_id"),
  POOL_ACTIVE("agroal_active_count", "gauge", "datasource"),
  POOL_AWAITING("agroal_awaiting_count", "gauge", "datasource"),
  MEMORY_USED("jvm_memory_used_bytes", "gauge", "area, id"),
  MEMORY_MAX("jvm_memory_max_bytes", "gauge", "area, id"),
  GC_PAUSES("jvm_gc_pause_seconds_sum", "counter", "action, cause, gc"),
  THREADS("jvm_threads_live_threads", "gauge", ""),
  PROCESSOR("process_cpu_usage", "gauge", "");

  private final String series;
  private final String type;
  private final String labels;

  LibraryMetric(String series, String type, String labels) {
    this.series = series;
    this.type = type;
    this.labels = labels;
  }

  String series() {
    return series;
  }

  String type() {
    return type;
  }

  String labels() {
    return labels;
  }
}
