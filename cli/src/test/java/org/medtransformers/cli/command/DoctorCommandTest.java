package org.medtransformers.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.medtransformers.cli.terminal.ExitCode;
import org.medtransformers.contracts.Json;

class DoctorCommandTest extends CommandTest {
  @Test
  void itTellsWithWhatThisMachineComputes() {
    assertEquals(ExitCode.OK, medtrans("doctor"), err.toString());
    String text = out.toString();
    assertTrue(text.contains(System.getProperty("java.version")), text);
    assertTrue(text.contains("libtorch 2.7.1, cpu, of "), text);
    assertTrue(text.contains("no GPU: "), text);
    assertTrue(text.contains(Runtime.getRuntime().availableProcessors() + " threads"), text);
    assertTrue(text.contains(folder.resolve("home") + ", "), text);
    assertTrue(text.contains(" GiB free"), text);
  }

  @Test
  void theSameAsJson() {
    assertEquals(ExitCode.OK, medtrans("doctor", "--json"), err.toString());
    JsonNode found = Json.parse(out.toString());
    assertEquals("cpu", found.get("torch").get("flavour").asText());
    assertTrue(found.get("torch").get("folder").asText().startsWith("/"));
    assertEquals(0, found.get("gpus").get("devices").size());
    assertTrue(found.get("gpus").get("problem").isTextual());
    assertTrue(found.get("home").get("freeBytes").asLong() > 0);
    assertTrue(found.get("jpeg").get("turbojpeg").isBoolean());
  }

  /** The build for the processor uses none, even where there is one. */
  @Test
  void aGpuThatIsRequiredAndMissingFails() {
    assertEquals(ExitCode.FAILED, medtrans("doctor", "--require-gpu"));
    assertTrue(out.toString().contains("no GPU: "), out.toString());
  }
}
