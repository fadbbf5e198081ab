package org.medtransformers.contracts.error;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ErrorInfoTest {
  @Test
  void messageThatQuotesALotIsCut() {
    String message = message("x".repeat(100_000));
    assertEquals(8192, message.length());
    assertTrue(message.endsWith("x …"));
  }

  @Test
  void cutBetweenTheHalvesOfACharacterLeavesNoHalf() {
    assertTrue(message("😀".repeat(8192)).endsWith("😀 …"));
    assertTrue(message("x" + "😀".repeat(8192)).endsWith("😀\uFFFD …"));
  }

  @Test
  void controlCharactersAreReplacedButForLineBreaksAndTabs() {
    assertEquals("a\uFFFDb\uFFFD[31m\n\tü", message("a\u0000b\u001b[31m\n\tü"));
  }

  private static String message(String text) {
    return new ErrorInfo(ErrorCode.INVALID_REQUEST, text).message();
  }
}
