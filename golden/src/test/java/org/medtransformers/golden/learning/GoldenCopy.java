package org.medtransformers.golden.learning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.medtransformers.contracts.Json;
import org.medtransformers.parity.Verdict;

/** A folder with one case of the reference folder, changed. */
final class GoldenCopy {
  private GoldenCopy() {}

  /** The one line that the case gives after {@code change}. */
  static Verdict run(Path folder, String file, Consumer<ObjectNode> change) {
    ObjectNode golden = (ObjectNode) read(file);
    change.accept(golden);
    byte[] text = Json.write(golden).getBytes(StandardCharsets.UTF_8);
    CRC32 crc = new CRC32();
    crc.update(text);
    String group = file.substring(0, file.indexOf('/'));
    Map<String, Object> manifest =
        Map.of(
            "cases",
            List.of(Map.of("group", group, "case", golden.get("case").textValue(), "file", file)),
            "files",
            Map.of(file, Map.of("bytes", text.length, "crc32", crc.getValue())));
    try {
      Files.createDirectories(folder.resolve(group));
      Files.write(folder.resolve(file), text);
      Files.writeString(folder.resolve("manifest.json"), Json.write(manifest));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<Verdict> verdicts = GoldenCasesTest.run(folder);
    if (verdicts.size() != 1) {
      throw new IllegalStateException("one case gave " + verdicts);
    }
    return verdicts.get(0);
  }

  static JsonNode read(String file) {
    try {
      return Json.parse(Files.readString(GoldenCasesTest.FOLDER.resolve(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
