package org.medtransformers.cli.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.files.TextFile;

/** Reads an experiment file. */
public final class DocumentFile {
  private DocumentFile() {}

  /**
   * The JSON object in {@code file}.
   *
   * @throws MedtransException naming the file and, for a syntax error, line and column
   */
  public static ObjectNode read(Path file) {
    try {
      JsonNode tree = WholeText.parse(TextFile.read(file));
      if (tree instanceof ObjectNode object) {
        return object;
      }
      throw invalid(file + ": found " + tree.getNodeType() + ", allowed: a JSON object", null);
    } catch (JsonProcessingException e) {
      String place =
          e.getLocation() == null
              ? ""
              : ":" + e.getLocation().getLineNr() + ":" + e.getLocation().getColumnNr();
      throw invalid(file + place + ": " + e.getOriginalMessage(), e);
    } catch (NoSuchFileException e) {
      throw invalid(file + ": there is no such file", e);
    } catch (TextFile.EncodingException e) {
      throw invalid(file + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw invalid(file + ": cannot be read: " + e, e);
    }
  }

  private static MedtransException invalid(String message, Exception cause) {
    return MedtransException.of(ErrorCode.INVALID_REQUEST, message, cause);
  }
}
