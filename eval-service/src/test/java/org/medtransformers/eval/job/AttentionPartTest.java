package org.medtransformers.eval.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AttentionPartTest {
  @Test
  void anIdBecomesTheNameOfAFileInThisFolder() {
    assertEquals("0a4e1a29ffff.png", AttentionPart.fileName("0a4e1a29ffff", 3));
    assertEquals("_______etc_passwd.3.png", AttentionPart.fileName("../../.etc/passwd", 3));
    assertNotEquals(AttentionPart.fileName("a/b", 1), AttentionPart.fileName("a_b", 2));
    assertNotEquals(AttentionPart.fileName("a/b", 1), AttentionPart.fileName("a.b", 2));
    assertTrue(AttentionPart.fileName("x".repeat(5000), 1).length() < 200);
  }
}
