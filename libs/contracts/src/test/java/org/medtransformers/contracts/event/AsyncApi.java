package org.medtransformers.contracts.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaBuilder;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.event.EventTypes.EventType;

/** Writes the AsyncAPI 3.0 page of the events from their records. */
final class AsyncApi {
  private AsyncApi() {}

  static JsonNode document() {
    ObjectNode root = Json.mapper().createObjectNode();
    root.put("asyncapi", "3.0.0");
    root.putObject("info")
        .put("title", "medtransformers events")
        .put("version", "1")
        .put(
            "description",
            "CloudEvents 1.0 in Kafka binary mode: the attributes are the headers ce_specversion,"
                + " ce_id, ce_source, ce_type and ce_time, the value is the JSON below, the key is"
                + " the run's id. Consumers ignore fields, and events of types, that they do not"
                + " know, put commands of such types aside and are idempotent by source and id.");
    root.put("defaultContentType", "application/json");
    ObjectNode channels = root.putObject("channels");
    ObjectNode components = root.putObject("components");
    ObjectNode messages = components.putObject("messages");
    SchemaBuilder schemas = generator().buildMultipleSchemaDefinitions();
    for (EventType type : EventTypes.all()) {
      ObjectNode message = messages.putObject(type.name());
      message.put("name", type.name());
      message.set("payload", schemas.createSchemaReference(type.record()));
      type.topics().forEach(topic -> channel(channels, topic, type.name()));
    }
    components.set("schemas", schemas.collectDefinitions("components/schemas"));
    return root;
  }

  private static void channel(ObjectNode channels, String topic, String message) {
    ObjectNode channel = channels.withObjectProperty(topic);
    channel.put("address", topic);
    channel
        .withObjectProperty("messages")
        .putObject(message)
        .put("$ref", "#/components/messages/" + message);
  }

  private static SchemaGenerator generator() {
    SchemaGeneratorConfigBuilder config =
        new SchemaGeneratorConfigBuilder(
                Json.mapper(), SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
            .with(Option.DEFINITIONS_FOR_ALL_OBJECTS)
            .with(
                new JacksonModule(
                    JacksonOption.RESPECT_JSONPROPERTY_ORDER,
                    JacksonOption.FLATTENED_ENUMS_FROM_JSONVALUE));
    config
        .forTypesInGeneral()
        .withDefinitionNamingStrategy(
            (key, context) -> {
              Class<?> type = key.getType().getErasedType();
              Class<?> outer = type.getEnclosingClass();
              return outer == null
                  ? type.getSimpleName()
                  : outer.getSimpleName() + "." + type.getSimpleName();
            });
    return new SchemaGenerator(config.build());
  }
}
