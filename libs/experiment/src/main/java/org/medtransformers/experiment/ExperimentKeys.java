package org.medtransformers.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Every key of the experiment file, for those who help people to write one. */
public final class ExperimentKeys {
  private static final List<Key> ALL = collect();

  private ExperimentKeys() {}

  /**
   * One key.
   *
   * @param path names with dots between them; of an element of a list the same as of the list, and
   *     {@code *} where the user gives a name
   * @param type boolean, integer, number, string, list or object
   * @param allowed in words, as the message about another value has it
   * @param values that are allowed, of a list its elements', where they can be listed; else empty
   * @param absent what is meant where the key is missing; null where that depends or is nothing
   * @param required whether the object that it belongs to must have it
   * @param effective false where it is accepted and does nothing
   */
  public record Key(
      String path,
      String type,
      String allowed,
      List<JsonNode> values,
      JsonNode absent,
      boolean required,
      boolean effective) {

    /** Of a key that several kinds of an object have: only what they have in common. */
    private Key or(Key other) {
      return Objects.equals(absent, other.absent)
          ? this
          : new Key(path, type, allowed, values, null, required && other.required, effective);
    }
  }

  /** All of them, in the order in which a resolved file lists them. */
  public static List<Key> all() {
    return ALL;
  }

  private static List<Key> collect() {
    Collector keys = new Collector();
    Rule experiment = ExperimentRules.experiment();
    keys.add(
        "experiment", new ObjectRule.Key(experiment, ObjectRule.Presence.OPTIONAL, null, null));
    experiment.tellKeys("experiment", keys);
    RunSchema.run().tellKeys("", keys);
    return List.copyOf(keys.found.values());
  }

  /** Takes the keys one after the other. */
  static final class Collector {
    private final Map<String, Key> found = new LinkedHashMap<>();

    void add(String path, ObjectRule.Key key) {
      Key told =
          new Key(
              path,
              key.rule().type(),
              key.rule().allowed(),
              key.rule().values(),
              key.rule().type().equals("object") ? null : key.absent(),
              key.presence() == ObjectRule.Presence.REQUIRED,
              key.presence() != ObjectRule.Presence.WITHOUT_EFFECT);
      found.merge(path, told, Key::or);
    }
  }
}
