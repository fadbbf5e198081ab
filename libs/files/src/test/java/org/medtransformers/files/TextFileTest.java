package org.medtransformers.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextFileTest {
  private static final String TEXT = "{\"name\": \"N\u00E4vus\"}\r\n";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
  void byteOrderMarkSaysTheEncodingAndIsNoText(String encoding) throws IOException {
    Path file = folder.resolve("a.json");
    Files.write(file, ("\uFEFF" + TEXT).getBytes(Charset.forName(encoding)));
    assertEquals(TEXT, TextFile.read(file));
    Files.writeString(file, TEXT);
    assertEquals(TEXT, TextFile.read(file));
    Files.writeString(file, "");
    assertEquals("", TextFile.read(file));
  }

  @Test
  void anotherEncodingIsRefusedByLineAndByte() throws IOException {
    Path file =
        Files.write(folder.resolve("a"), ("x\n" + TEXT).getBytes(StandardCharsets.ISO_8859_1));
    String message =
        assertThrows(TextFile.EncodingException.class, () -> TextFile.read(file)).getMessage();
    assertTrue(message.startsWith("is not UTF-8 in line 2, at byte 0xE4; allowed are"), message);
  }
}
