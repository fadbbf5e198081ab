package org.medtransformers.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.medtransformers.cli.terminal.ExitCode;
import org.medtransformers.contracts.Json;

/** On metrics, which need no libtorch. */
class ParityCommandTest extends CommandTest {
  private static final String CASE =
      """
      {"case": "ours", "n_classes": 2, "labels": [0, 1, 1, 1], "predictions": [0, 1, 1, 0],
       "tolerance": {"atol": 1e-9}, "expected": {"accuracy": %s}}
      """;

  @Test
  void allCasesPass() throws IOException {
    golden(0.75, "metrics");
    assertEquals(ExitCode.OK, medtrans("parity", "golden"));
    assertTrue(out.toString().matches("metrics/ours +0.00  pass\n1 passed, 0 failed\n"));
  }

  @Test
  void aDeviationIsShownAndFails() throws IOException {
    golden(0.5, "metrics");
    assertEquals(ExitCode.FAILED, medtrans("parity", "golden", "--json", "out/parity.json"));
    assertTrue(out.toString().contains("metrics/ours"), out.toString());
    assertTrue(out.toString().contains("FAIL  expected.accuracy[0] is 0.75, expected 0.5"));
    assertTrue(out.toString().endsWith("0 passed, 1 failed\n"));
    JsonNode json = Json.parse(Files.readString(folder.resolve("out/parity.json")));
    assertEquals(0, json.get("passed").asInt());
    assertEquals(1, json.get("failed").asInt());
    JsonNode line = json.get("cases").get(0);
    assertEquals("metrics", line.get("group").asText());
    assertEquals("ours", line.get("case").asText());
    assertEquals(0.25 / 1e-9, line.get("worst_ratio").asDouble(), 1);
    assertFalse(line.get("passed").asBoolean());
    assertTrue(line.get("message").asText().startsWith("expected.accuracy[0]"));
  }

  /** Where there is no GPU, and the build of libtorch in use knows of none anywhere. */
  @Test
  void aDeviceThatIsNotThereIsRefusedBeforeAnyCase() throws IOException {
    golden(0.75, "metrics");
    assertEquals(ExitCode.OK, medtrans("parity", "golden", "--device", "cpu"));
    out.getBuffer().setLength(0);
    assertEquals(ExitCode.INVALID, medtrans("parity", "golden", "--device", "cuda:0"));
    assertEquals("", out.toString());
    String message = err.toString();
    assertTrue(message.contains("device cuda:0: there is no such one, allowed is cpu ("), message);
  }

  @Test
  void anUnknownGroupFails() throws IOException {
    golden(0.75, "astrology");
    assertEquals(ExitCode.FAILED, medtrans("parity", "golden"));
    assertTrue(out.toString().contains("the group astrology is not known yet"));
  }

  @Test
  void oneGroupCanBeChosen() throws IOException {
    golden(0.75, "metrics");
    assertEquals(ExitCode.OK, medtrans("parity", "golden", "--group", "metrics"));
    assertEquals(ExitCode.FAILED, medtrans("parity", "golden", "--group", "models"));
  }

  @Test
  void aFolderThatIsEmptyFailsAndOneThatIsMissingIsWrongUsage() throws IOException {
    Files.createDirectory(folder.resolve("empty"));
    assertEquals(ExitCode.FAILED, medtrans("parity", "empty"));
    assertTrue(out.toString().contains("manifest.json is missing"));
    assertEquals(ExitCode.INVALID, medtrans("parity", "nowhere"));
    assertTrue(err.toString().contains("nowhere is no folder"));
  }

  @Test
  void namesFromTheFolderCanNotSteerTheTerminal() throws IOException {
    golden(0.75, "\u001b[2J\nmodels/resnet50 0 pass");
    assertEquals(ExitCode.FAILED, medtrans("parity", "golden"));
    assertFalse(out.toString().contains("\u001b"));
    assertEquals(2, out.toString().lines().count());
  }

  private void golden(double accuracy, String group) throws IOException {
    Path golden = Files.createDirectories(folder.resolve("golden"));
    byte[] text = CASE.formatted(accuracy).getBytes(StandardCharsets.UTF_8);
    CRC32 crc = new CRC32();
    crc.update(text);
    Files.write(golden.resolve("ours.json"), text);
    Files.writeString(
        golden.resolve("manifest.json"),
        """
        {"cases": [{"group": %s, "case": "ours", "file": "ours.json"}],
         "files": {"ours.json": {"bytes": %d, "crc32": %d}}}
        """
            .formatted(Json.write(group), text.length, crc.getValue()));
  }
}
