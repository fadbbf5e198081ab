package org.medtransformers.imaging.dataset;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Path;
import java.util.Set;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

/** What names of files say, and what they cannot in this process. */
final class FileNames {
  private static final Set<String> SYSTEM =
      Set.of(
          "__MACOSX",
          "@eaDir",
          "@Recycle",
          "@Recently-Snapshot",
          "#recycle",
          "#snapshot",
          "$RECYCLE.BIN",
          "RECYCLER",
          "System Volume Information",
          "lost+found",
          "__pycache__",
          "CVS");

  private FileNames() {}

  /** Whether an operating system or a tool has left it there; what is below it is so, too. */
  static boolean isHidden(Path path) {
    String name = path.getFileName().toString();
    return name.startsWith(".") || SYSTEM.contains(name);
  }

  /**
   * {@code path} with {@code /} between folders, by which it can be found again.
   *
   * @throws MedtransException naming the locale, where it has characters that this process does not
   *     know
   */
  static String of(Path path) {
    String name = path.toString().replace(path.getFileSystem().getSeparator(), "/");
    if (name.indexOf('\uFFFD') >= 0) {
      throw unreadable(name);
    }
    return name;
  }

  /** Whether this process cannot name such a file at all, by its locale. */
  static boolean isUnwritable(String name) {
    return !charset().newEncoder().canEncode(name);
  }

  static MedtransException unreadable(String name) {
    boolean utf8 = charset().equals(StandardCharsets.UTF_8);
    return MedtransException.of(
        ErrorCode.DATASET_INVALID,
        utf8
            ? "the name of the file '%s' is not UTF-8; rename it".formatted(name)
            : "the file name '%s' has characters that the locale of this process (%s) does not know;"
                    .formatted(name, charset())
                + " start it with a UTF-8 locale, such as LC_ALL=C.UTF-8");
  }

  private static Charset charset() {
    try {
      return Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return StandardCharsets.UTF_8;
    }
  }
}
