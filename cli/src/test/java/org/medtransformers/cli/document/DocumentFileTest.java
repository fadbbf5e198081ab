package org.medtransformers.cli.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.contracts.error.MedtransException;

class DocumentFileTest {
  @TempDir Path folder;

  private String mistake(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("a.json"), text);
    return assertThrows(MedtransException.class, () -> DocumentFile.read(file)).getMessage();
  }

  @Test
  void aSyntaxErrorNamesFileLineAndColumn() throws IOException {
    String message = mistake("{\n  \"a\": 1,,\n}");
    assertTrue(message.startsWith(folder.resolve("a.json") + ":2:10: "), message);
  }

  @Test
  void aKeyGivenTwiceIsAnError() throws IOException {
    assertTrue(mistake("{\"a\": 1, \"a\": 2}").contains("Duplicate"));
  }

  @Test
  void nothingMayFollowTheDocument() throws IOException {
    assertTrue(mistake("{}\n{}").contains(":2:1: "));
  }

  @Test
  void onlyAnObjectIsADocument() throws IOException {
    assertTrue(mistake("[1]").contains("found ARRAY, allowed: a JSON object"));
    assertTrue(mistake("").contains("allowed: a JSON object"));
  }

  @Test
  void aByteOrderMarkIsNoPartOfIt() throws IOException {
    Path file = Files.writeString(folder.resolve("a.json"), "\uFEFF{\"a\": 1}");
    assertEquals(1, DocumentFile.read(file).get("a").intValue());
    Files.write(file, "{\"a\": \"\u00E4\"}".getBytes(StandardCharsets.ISO_8859_1));
    String message =
        assertThrows(MedtransException.class, () -> DocumentFile.read(file)).getMessage();
    assertTrue(message.startsWith(file + ": is not UTF-8 in line 1, at byte 0xE4"), message);
  }

  @Test
  void aFolderIsNotADocument() {
    assertThrows(MedtransException.class, () -> DocumentFile.read(folder));
  }
}
