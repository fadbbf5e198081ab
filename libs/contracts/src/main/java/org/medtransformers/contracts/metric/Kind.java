package org.medtransformers.contracts.metric;

import java.util.List;

/** What a metric is to Prometheus. */
public enum Kind {
  /** Goes up and down. */
  GAUGE(""),
  /** Only rises, but for a restart of its process. */
  COUNTER("", "_total"),
  /** How long something takes: how often, how long together, and the longest of late. */
  SUMMARY("_seconds", "_count", "_sum", "_max"),
  /** The same, with how many took at most so long. */
  HISTOGRAM("_seconds", "_bucket", "_count", "_sum", "_max");

  private final String suffix;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> series;

  Kind(String suffix, String... series) {
    this.suffix = suffix;
    this.series = series.length == 0 ? List.of("") : List.of(series);
  }

  /** What the name of a metric of this kind ends with, before {@link #series}. */
  String suffix() {
    return suffix;
  }

  /** The endings of its series. */
  List<String> series() {
    return series;
  }
}
