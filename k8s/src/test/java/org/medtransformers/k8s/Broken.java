package org.medtransformers.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Makes mistakes in documents. */
final class Broken {
  private static final YAMLMapper YAML = new YAMLMapper();

  private Broken() {}

  /**
   * Sets or, with {@code null}, removes one field or element.
   *
   * @param value YAML
   */
  static void set(JsonNode parent, String field, String value) {
    if (parent instanceof ObjectNode object) {
      if (value == null) {
        object.remove(field);
      } else {
        object.set(field, read(value));
      }
    } else if (parent instanceof ArrayNode array) {
      int index = Integer.parseInt(field);
      if (value == null) {
        array.remove(index);
      } else if (index == array.size()) {
        array.add(read(value));
      } else {
        array.set(index, read(value));
      }
    } else {
      throw new IllegalArgumentException("nothing there to break: " + field);
    }
  }

  private static JsonNode read(String value) {
    try {
      return YAML.readTree(value);
    } catch (IOException e) {
      throw new UncheckedIOException(value, e);
    }
  }
}
