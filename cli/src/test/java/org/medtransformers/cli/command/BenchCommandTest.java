package org.medtransformers.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.medtransformers.cli.terminal.ExitCode;
import org.medtransformers.contracts.Json;

class BenchCommandTest extends CommandTest {
  private static final int NOT_IDLE = 3;

  @Test
  void theLastLineHasThePeersFields() {
    JsonNode result =
        measured("bench", "train-step", "test_vit", "--batch=2", "--size=32", "--steps=3");
    assertEquals(
        List.of(
            "peer",
            "model",
            "batch",
            "size",
            "bf16",
            "channels_last",
            "ms_median",
            "ms_min",
            "peak_rss_mib"),
        fields(result));
    assertEquals("test_vit", result.get("model").asText());
    assertEquals(2, result.get("batch").asInt());
    assertTrue(result.get("ms_min").asDouble() > 0);
    assertTrue(result.get("ms_median").asDouble() >= result.get("ms_min").asDouble());
    assertTrue(result.get("peak_rss_mib").asLong() > 50, "libtorch alone is larger");
  }

  @Test
  void aStepOfDinoHasThePeersFields() {
    JsonNode result =
        measured("bench", "dino-step", "test_vit", "--batch=1", "--steps=1", "--out=64");
    assertEquals(
        List.of("peer", "model", "batch", "bf16", "ms_median", "ms_min", "peak_rss_mib"),
        fields(result));
    assertTrue(result.get("ms_min").asDouble() > 0);
  }

  @Test
  void neighboursHaveThePeersFields() {
    JsonNode result = measured("bench", "knn", "--bank=50", "--queries=20", "--dim=8", "--k=5");
    assertEquals(List.of("peer", "bank", "queries", "dim", "k", "ms_median"), fields(result));
    assertEquals(50, result.get("bank").asInt());
    assertTrue(result.get("ms_median").asDouble() >= 0);
  }

  @Test
  void aMapOfEmbeddingsIsTimed() {
    JsonNode result = measured("bench", "umap", "--images=60", "--dim=4");
    assertEquals(List.of("peer", "images", "dim", "ms_median"), fields(result));
    assertEquals(60, result.get("images").asInt());
    assertTrue(result.get("ms_median").asDouble() > 0);
  }

  @Test
  void aMapOfTooFewOrTooManyIsRefused() {
    for (String wrong : Set.of("--images=3", "--images=10001", "--dim=0")) {
      err.getBuffer().setLength(0);
      assertEquals(ExitCode.INVALID, medtrans("bench", "umap", wrong));
      assertTrue(err.toString().contains(wrong.substring(0, wrong.indexOf('='))), err.toString());
    }
  }

  /** The last line that the command prints. */
  private JsonNode measured(String... command) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.add("--force");
    assertEquals(ExitCode.OK, medtrans(arguments.toArray(String[]::new)), err.toString());
    List<String> lines = out.toString().lines().toList();
    return Json.parse(lines.get(lines.size() - 1));
  }

  private static List<String> fields(JsonNode result) {
    List<String> fields = new ArrayList<>();
    result.fieldNames().forEachRemaining(fields::add);
    return fields;
  }

  @Test
  void aBusyMachineIsRefused() throws InterruptedException {
    Process busy = startBusyProcess();
    try {
      assertEquals(NOT_IDLE, medtrans("bench", "train-step", "resnet18", "--steps=1"));
      assertTrue(err.toString().contains("cores busy"), err.toString());
      assertEquals("", out.toString());
    } finally {
      busy.destroyForcibly().waitFor();
    }
  }

  @Test
  void wrongNumbersAndModelsAreNamed() {
    for (String wrong : Set.of("--batch=0", "--size=-1", "--steps=0", "--threads=0")) {
      err.getBuffer().setLength(0);
      assertEquals(ExitCode.INVALID, medtrans("bench", "train-step", "resnet18", wrong));
      assertTrue(err.toString().contains(wrong.substring(0, wrong.indexOf('='))), err.toString());
    }
    err.getBuffer().setLength(0);
    assertEquals(ExitCode.INVALID, medtrans("bench", "train-step", "resnet19"));
    assertTrue(err.toString().contains("resnet19"), err.toString());
  }

  @Test
  void kernelsOfEveryMethodAreWrittenForAnotherProgram() throws IOException {
    assertEquals(
        ExitCode.OK, medtrans("bench", "kernels", "steps", "--model=test_vit"), err.toString());
    for (String method : List.of("supervised", "dino", "byol", "simsiam")) {
      for (String model : List.of("test_vit", "test_resnet")) {
        Path step = folder.resolve("steps/compare-" + method + "-" + model + ".pt");
        assertTrue(Files.size(step) > 0, step.toString());
      }
    }
    assertTrue(Files.exists(folder.resolve("steps/time-test_vit.safetensors")));
    assertTrue(Files.exists(folder.resolve("steps/knn.pt")));
    assertEquals(ExitCode.INVALID, medtrans("bench", "kernels", "steps", "--model=resnet19"));
  }

  @Test
  void aDeviceThatIsNotThereIsRefused() {
    for (String what : List.of("train-step", "dino-step")) {
      err.getBuffer().setLength(0);
      String[] command = {"bench", what, "test_vit", "--force", "--device=cuda:0"};
      assertEquals(ExitCode.INVALID, medtrans(command));
      assertTrue(err.toString().contains("device cuda:0: there is no such one"), err.toString());
    }
  }

  private static Process startBusyProcess() {
    try {
      return new ProcessBuilder("sh", "-c", "while :; do :; done").start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
