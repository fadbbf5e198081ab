package org.medtransformers.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpreadsheetsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "=HYPERLINK(A1)",
        "+1+1",
        "-1-cmd|' /C calc'!A0",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "=a\nb",
        "'=1"
      })
  void whatWouldBeAFormulaIsTextAndComesBackAsItWas(String text) {
    assertEquals("'" + text, Spreadsheets.harmless(text));
    assertEquals(text, Spreadsheets.original(Spreadsheets.harmless(text)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "eye.png", "'quoted'", "a=b", " -1"})
  void otherTextStaysAsItIs(String text) {
    assertEquals(text, Spreadsheets.harmless(text));
    assertEquals(text, Spreadsheets.original(text));
  }

  @Test
  void numbersStayNumbers() {
    assertEquals(-0.5, Spreadsheets.harmless((Object) (-0.5)));
  }
}
