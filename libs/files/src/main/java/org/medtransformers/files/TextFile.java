package org.medtransformers.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that people write, with whatever program. */
public final class TextFile {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private TextFile() {}

  /** Its characters are in no encoding that is read. */
  public static final class EncodingException extends CharacterCodingException {
    private static final long serialVersionUID = 1;
    private final String message;

    EncodingException(String message) {
      this.message = message;
    }

    @Override
    public String getMessage() {
      return message;
    }
  }

  /**
   * The characters of {@code file}, which is UTF-8 or, where a byte order mark says so, UTF-16;
   * without the mark.
   *
   * @throws EncodingException naming line and byte where it is neither
   */
  public static String read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Charset charset = charset(bytes);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    boolean malformed =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(in, out, true)
            .isError();
    String text = out.flip().toString();
    if (malformed) {
      throw new EncodingException(
          "is not %s in line %d, at byte 0x%02X; allowed are UTF-8 and, with a byte order mark, UTF-16"
              .formatted(
                  charset, 1 + text.chars().filter(c -> c == '\n').count(), bytes[in.position()]));
    }
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
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
