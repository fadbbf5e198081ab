package org.medtransformers.parity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/**
 * A case of a golden folder.
 *
 * @param file relative to the folder
 */
public record GoldenCase(GoldenFolder folder, String group, String name, String file) {
  /**
   * The case file.
   *
   * @param known its keys; one that is not among them fails the case, since it could hold
   *     expectations
   */
  public JsonNode read(Set<String> known) {
    JsonNode tree = folder.json(file);
    if (!tree.path("case").asText(name).equals(name)) {
      throw Mistakes.wrong("case", tree.get("case"), name + ", as the manifest says");
    }
    for (String key : (Iterable<String>) tree::fieldNames) {
      if (!known.contains(key) && !key.equals("case") && !key.equals("notes")) {
        throw Mistakes.invalid(key + " is an unknown key of " + file);
      }
    }
    return tree;
  }
}
