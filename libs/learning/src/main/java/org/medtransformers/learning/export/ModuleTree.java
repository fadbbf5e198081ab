package org.medtransformers.learning.export;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.engine.ScriptModule;
import org.medtransformers.learning.model.TensorSpec;

/**
 * The modules that give tensors their dotted names: {@code layer1.0.bn1.weight} is the parameter
 * {@code weight} of the module {@code bn1} of the module {@code 0} of {@code layer1}. Modules with
 * the same attributes share a TorchScript class.
 */
final class ModuleTree {
  private static final String DOT = "\\.";

  private final Map<String, Object> root = new LinkedHashMap<>();
  private final Map<String, String> typesByBody = new LinkedHashMap<>();

  /** A tensor, and whether it is a parameter or a buffer. */
  private record Leaf(Tensor tensor, boolean parameter) {
    Object attribute() {
      return parameter ? new ScriptModule.Parameter(tensor) : tensor;
    }
  }

  void add(String name, TensorSpec spec, Tensor tensor) {
    String[] path = name.split(DOT, -1);
    Map<String, Object> node = root;
    for (int i = 0; i < path.length - 1; i++) {
      node = children(node.computeIfAbsent(path[i], key -> new LinkedHashMap<String, Object>()));
    }
    node.put(path[path.length - 1], new Leaf(tensor, spec.trained()));
  }

  /** How the root module's methods get at the tensor {@code name}. */
  static String access(String name) {
    String expression = "self";
    for (String part : name.split(DOT, -1)) {
      expression =
          identifier(part)
              ? expression + "." + part
              : "getattr(%s, \"%s\")".formatted(expression, part);
    }
    return expression;
  }

  /** The root module as an object of the class {@code type}, which {@link #source} defines. */
  ScriptModule module(String type) {
    return new ScriptModule(type, attributes(root));
  }

  /**
   * The classes of all modules.
   *
   * @param type the root's
   * @param methods of the root, as source text
   */
  String source(String type, String methods) {
    String rootBody = body(root);
    StringBuilder text = new StringBuilder();
    typesByBody.forEach((body, name) -> text.append(definition(name, body)).append('\n'));
    return text + definition(type, rootBody) + "\n" + methods;
  }

  private static String definition(String type, String body) {
    return "class " + type + "(Module):\n" + body;
  }

  private ScriptModule module(Map<String, Object> node) {
    return new ScriptModule(type(node), attributes(node));
  }

  private String type(Map<String, Object> node) {
    String body = body(node);
    return typesByBody.computeIfAbsent(body, b -> "Module" + typesByBody.size());
  }

  private Map<String, Object> attributes(Map<String, Object> node) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    node.forEach(
        (name, child) ->
            attributes.put(
                name, child instanceof Leaf leaf ? leaf.attribute() : module(children(child))));
    attributes.put("training", false);
    return attributes;
  }

  /** A class without its first line; classes of submodules are made on the way. */
  private String body(Map<String, Object> node) {
    List<String> lines = new ArrayList<>();
    lines.add("__parameters__ = " + names(node, true));
    lines.add("__buffers__ = " + names(node, false));
    lines.add("__annotations__ = []");
    node.forEach(
        (name, child) ->
            lines.add(
                "__annotations__[\"%s\"] = %s"
                    .formatted(
                        name,
                        child instanceof Leaf ? "Tensor" : "__torch__." + type(children(child)))));
    lines.add("training : bool");
    return lines.stream().map(line -> "  " + line + "\n").collect(Collectors.joining());
  }

  private static String names(Map<String, Object> node, boolean parameters) {
    return node.entrySet().stream()
        .filter(e -> e.getValue() instanceof Leaf leaf && leaf.parameter() == parameters)
        .map(e -> "\"" + e.getKey() + "\", ")
        .collect(Collectors.joining("", "[", "]"));
  }

  private static boolean identifier(String part) {
    return Character.isJavaIdentifierStart(part.charAt(0));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> children(Object node) {
    return (Map<String, Object>) node;
  }
}
