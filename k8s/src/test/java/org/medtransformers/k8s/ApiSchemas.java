package org.medtransformers.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The OpenAPI of a Kubernetes server with its operators, made as strict as the server is with
 * {@code fieldValidation=Strict}: an object has no fields but those that are named, and a text is
 * one of the values that its description lists.
 */
final class ApiSchemas {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PRESERVE = "x-kubernetes-preserve-unknown-fields";
  private static final String KINDS = "x-kubernetes-group-version-kind";
  private static final Pattern LISTED = Pattern.compile("\\n - `\"(.*?)\"`");

  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  /** By group and version: {@code apps/v1}, {@code v1}. */
  private final Map<String, JsonNode> groups = new HashMap<>();

  private final Map<String, Schema> compiled = new HashMap<>();

  /**
   * @param folder with {@code openapi-v3.tar.xz}
   */
  ApiSchemas(Path folder) throws IOException {
    try (InputStream file = Files.newInputStream(folder.resolve("openapi-v3.tar.xz"));
        TarArchiveInputStream archive = new TarArchiveInputStream(new XZInputStream(file))) {
      for (TarArchiveEntry entry; (entry = archive.getNextEntry()) != null; ) {
        String name = Path.of(entry.getName()).getFileName().toString();
        if (name.matches("apis?_.*_?v[0-9a-z]+\\.json")) {
          add(name, JSON.readTree(archive.readAllBytes()));
        }
      }
    }
  }

  private void add(String file, JsonNode document) {
    String group = file.replaceFirst("^apis?_", "").replaceFirst("\\.json$", "").replace('_', '/');
    document.at("/components/schemas").forEach(schema -> restrict(schema, false));
    groups.put(group, document.path("components"));
  }

  /** What is wrong with {@code document} as its kind. */
  List<String> faults(JsonNode document) {
    String apiVersion = document.path("apiVersion").asText();
    String kind = document.path("kind").asText();
    JsonNode components = groups.get(apiVersion);
    if (components == null) {
      return List.of("no such API: " + apiVersion);
    }
    return components.path("schemas").properties().stream()
        .filter(schema -> describes(schema.getValue(), kind))
        .findFirst()
        .map(schema -> faults(document, apiVersion, schema.getKey()))
        .orElse(List.of("no such kind in " + apiVersion + ": " + kind));
  }

  /** What is wrong with {@code node} as the type {@code name} of a group. */
  List<String> faults(JsonNode node, String group, String name) {
    Schema schema = compiled.computeIfAbsent(group + " " + name, key -> compile(group, name));
    return schema.validate(node).stream()
        .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
        .toList();
  }

  private Schema compile(String group, String name) {
    ObjectNode root = JSON.createObjectNode();
    root.put("$ref", "#/components/schemas/" + name);
    root.set("components", groups.get(group));
    return registry.getSchema(root);
  }

  private static boolean describes(JsonNode schema, String kind) {
    return schema.path(KINDS).size() == 1
        && schema.path(KINDS).path(0).path("kind").asText().equals(kind);
  }

  private static void restrict(JsonNode schema, boolean open) {
    boolean anything = open || schema.path(PRESERVE).asBoolean();
    if (schema instanceof ObjectNode object) {
      if (object.has("properties") && !object.has("additionalProperties") && !anything) {
        object.put("additionalProperties", false);
      }
      enumerate(object);
    }
    schema.path("properties").forEach(property -> restrict(property, anything));
    if (schema.has("items")) {
      restrict(schema.path("items"), anything);
    }
    if (schema.path("additionalProperties").isObject()) {
      restrict(schema.path("additionalProperties"), anything);
    }
  }

  /** The values of built-in types stand in descriptions alone. */
  private static void enumerate(ObjectNode schema) {
    String[] parts = schema.path("description").asText().split("Possible enum values:", 2);
    if (parts.length == 2 && schema.path("type").asText().equals("string")) {
      ArrayNode values = schema.putArray("enum");
      LISTED.matcher(parts[1]).results().map(ApiSchemas::value).forEach(values::add);
    }
  }

  private static String value(MatchResult listed) {
    return listed.group(1);
  }
}
