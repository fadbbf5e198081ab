package org.medtransformers.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;

/** One document, as it is applied. */
record Manifest(JsonNode document) {
  String kind() {
    return document.path("kind").asText();
  }

  String apiVersion() {
    return document.path("apiVersion").asText();
  }

  String name() {
    return document.at("/metadata/name").asText();
  }

  JsonNode labels() {
    return document.at("/metadata/labels");
  }

  JsonNode at(String pointer) {
    return document.at(pointer);
  }

  boolean is(String kind, String name) {
    return kind().equals(kind) && name().equals(name);
  }

  /** The pods that it makes, or is. */
  Stream<Pod> pods() {
    return switch (kind()) {
      case "Deployment", "StatefulSet", "DaemonSet", "Job" -> Stream.of(pod("/spec/template"));
      case "CronJob" -> Stream.of(pod("/spec/jobTemplate/spec/template"));
      case "ScaledJob" -> Stream.of(pod("/spec/jobTargetRef/template"));
      case "Pod" -> Stream.of(new Pod(this, document));
      default -> Stream.empty();
    };
  }

  private Pod pod(String pointer) {
    return new Pod(this, document.at(pointer));
  }

  @Override
  public String toString() {
    return kind() + "/" + name();
  }
}
