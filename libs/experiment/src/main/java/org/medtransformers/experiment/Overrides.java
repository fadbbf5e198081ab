package org.medtransformers.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Changes values of a document by JSON path: {@code training_params.epochs}, {@code
 * model_params.transformers_params.img_size[0]}. Objects on the way are made where they are
 * missing, list elements are not.
 */
public final class Overrides {
  private static final String NAME = "[^.\\[\\]]+(\\[\\d{1,4}\\])*";
  private static final Pattern PATH = Pattern.compile(NAME + "(\\." + NAME + ")*");
  private static final Pattern STEP = Pattern.compile("([^.\\[\\]]+)|\\[(\\d{1,4})\\]");

  /** Far more than any key of the file has. */
  private static final int MAX_LENGTH = 500;

  private static final int MAX_STEPS = 32;

  private Overrides() {}

  /**
   * Sets {@code path} in {@code document} to {@code value}.
   *
   * @throws IllegalArgumentException naming the path, if it is malformed, has more than 500
   *     characters or 32 steps, or leads through a scalar or past the end of a list
   */
  public static void set(ObjectNode document, String path, JsonNode value) {
    List<Object> steps = parse(path);
    JsonNode parent = document;
    for (int i = 0; i < steps.size() - 1; i++) {
      parent = descend(parent, steps.get(i), path);
    }
    Object last = steps.get(steps.size() - 1);
    if (last instanceof String name && parent instanceof ObjectNode object) {
      object.set(name, value);
    } else if (last instanceof Integer index
        && parent instanceof ArrayNode array
        && index < array.size()) {
      array.set(index, value);
    } else {
      throw new IllegalArgumentException(path + ": there is no " + last + " to set");
    }
  }

  private static JsonNode descend(JsonNode parent, Object step, String path) {
    JsonNode child = null;
    if (step instanceof String name && parent instanceof ObjectNode object) {
      child = object.has(name) ? object.get(name) : object.putObject(name);
    } else if (step instanceof Integer index && parent instanceof ArrayNode array) {
      child = array.get(index);
    }
    if (child == null) {
      throw new IllegalArgumentException(path + ": there is no " + step);
    }
    return child;
  }

  private static List<Object> parse(String path) {
    // Asked first: the pattern and whoever walks a document go as deep as the path does.
    if (path.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "%s…: a JSON path of %d characters, allowed: %d"
              .formatted(path.substring(0, 50), path.length(), MAX_LENGTH));
    }
    if (!PATH.matcher(path).matches()) {
      throw new IllegalArgumentException(path + ": not a JSON path such as training_params.epochs");
    }
    List<Object> steps =
        STEP.matcher(path)
            .results()
            .map(
                step ->
                    step.group(1) != null ? (Object) step.group(1) : Integer.valueOf(step.group(2)))
            .toList();
    if (steps.size() > MAX_STEPS) {
      throw new IllegalArgumentException(
          "%s: a JSON path of %d steps, allowed: %d".formatted(path, steps.size(), MAX_STEPS));
    }
    return steps;
  }
}
