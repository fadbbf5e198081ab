package org.medtransformers.contracts.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.Json;

class RunFileTest {
  private static final String TEXT =
      "{\"training_params\":{\"model_name\":\"sample\"},\"lr_finder\":{\"resolution\":3}}";

  private final ObjectNode resolved = (ObjectNode) Json.parse(TEXT);

  @Test
  void whatTheTypedViewLeavesOutIsInTheText() {
    RunFile file = RunFile.of(resolved);

    assertEquals(TEXT, file.text());
    assertEquals("sample", file.config().training().modelName());
    assertEquals(resolved, file.tree());
  }

  /** By {@code printf '%s' TEXT | sha256sum}. */
  @Test
  void theFingerprintIsThatOfTheText() {
    assertEquals(
        "8db722a0a9b454eb1da8647bad9fc30ec2e4ed7792fd843ee359f2b41b650329",
        RunFile.parse(TEXT).sha256());
  }

  @Test
  void changingItsTreeChangesNoFile() {
    RunFile file = RunFile.of(resolved);

    file.tree().removeAll();
    resolved.removeAll();

    assertTrue(file.tree().has("lr_finder"));
    assertEquals(RunFile.parse(TEXT), file);
  }
}
