package org.medtransformers.imaging.dataset;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The characters of a label file: UTF-8, or UTF-16 where a byte order mark says so. */
final class CsvText {
  private CsvText() {}

  /** Without the byte order mark. */
  static String read(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      Charset charset = charset(bytes);
      ByteBuffer in = ByteBuffer.wrap(bytes);
      CharBuffer out = CharBuffer.allocate(bytes.length + 1);
      boolean whole =
          !charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(in, out, true)
              .isError();
      String text = out.flip().toString();
      if (!whole) {
        throw Labels.invalid(
            file,
            "is not %s in line %d, at byte 0x%02X; allowed are UTF-8 and, with a byte order mark, UTF-16"
                .formatted(
                    charset,
                    1 + text.chars().filter(c -> c == '\n').count(),
                    bytes[in.position()]));
      }
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (IOException e) {
      throw Labels.invalid(file, "cannot be read: " + e);
    }
  }

  private static Charset charset(byte[] bytes) {
    int mark = bytes.length < 2 ? 0 : (bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF);
    return switch (mark) {
      case 0xFEFF -> StandardCharsets.UTF_16BE;
      case 0xFFFE -> StandardCharsets.UTF_16LE;
      default -> StandardCharsets.UTF_8;
    };
  }
}
