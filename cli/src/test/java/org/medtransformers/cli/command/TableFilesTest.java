package org.medtransformers.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.medtransformers.cli.terminal.ExitCode;
import org.medtransformers.contracts.Json;

/** The files of the paper's table, resolved by {@code run --dry-run}. */
class TableFilesTest extends CommandTest {
  private List<JsonNode> runs(String name) throws IOException {
    Path file = CHECKOUT.resolve("configs").resolve(name).resolve(name + ".json");
    assertEquals(
        ExitCode.OK,
        medtrans(
            "run", file.toString(), "--data_location", "/data", "--dry-run", "--json", "out.json"),
        err::toString);
    JsonNode experiment = Json.parse(Files.readString(folder.resolve("out.json")));
    return StreamSupport.stream(experiment.path("runs").spliterator(), false).toList();
  }

  private static List<JsonNode> compared(List<JsonNode> runs) {
    return runs.stream().filter(r -> r.at("/phase/last").booleanValue()).toList();
  }

  private static Map<String, Long> cells(List<JsonNode> runs) {
    return runs.stream()
        .collect(
            Collectors.groupingBy(
                r ->
                    String.join(
                        "|",
                        r.path("dataset").textValue(),
                        r.path("initialisation").textValue(),
                        r.path("backbone").textValue()),
                Collectors.counting()));
  }

  private static Set<String> values(List<JsonNode> runs, String pointer) {
    return runs.stream()
        .map(r -> r.at(pointer).toString())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void thePapersTableHasEighteenCellsOfFiveRepetitions() throws IOException {
    List<JsonNode> runs = runs("table1");
    Map<String, Long> cells = cells(compared(runs));
    assertEquals(18, cells.size(), cells::toString);
    assertEquals(Set.of(5L), Set.copyOf(cells.values()));
    assertEquals(120, runs.size());
    assertEquals(
        Set.of("random", "ImageNet (supervised)", "ImageNet (supervised) + DINO"),
        compared(runs).stream()
            .map(r -> r.path("initialisation").textValue())
            .collect(Collectors.toSet()));
  }

  @Test
  void whatIsComparedHasThePublishedSettings() throws IOException {
    List<JsonNode> runs = compared(runs("table1"));
    Map<String, String> published =
        Map.ofEntries(
            Map.entry("/config/dataloader_params/trainloader/batch_size", "64"),
            Map.entry("/config/training_params/epochs", "25"),
            Map.entry("/config/training_params/grad_clipping", "1.0"),
            Map.entry("/config/training_params/save_best_model", "true"),
            Map.entry("/config/optimization_params/default/optimizer/type", "\"Adam\""),
            Map.entry("/config/optimization_params/default/optimizer/params/lr", "1.0E-4"),
            Map.entry(
                "/config/optimization_params/default/optimizer/params/weight_decay", "1.0E-5"),
            Map.entry(
                "/config/optimization_params/default/scheduler/type",
                "[\"LinearWarmup\",\"CosineAnnealingLR\"]"),
            Map.entry(
                "/config/optimization_params/default/scheduler/params/LinearWarmup/warmup_iters",
                "500"),
            Map.entry(
                "/config/optimization_params/default/scheduler/params/CosineAnnealingLR/eta_min",
                "1.0E-6"),
            Map.entry("/config/dataset_params/train_transforms/RandomResizedCrop/size", "224"),
            Map.entry(
                "/config/dataset_params/train_transforms/RandomResizedCrop/scale", "[0.8,1.2]"),
            Map.entry("/config/dataset_params/train_transforms/ColorJitter/p", "0.8"),
            Map.entry("/config/dataset_params/test_transforms/Resize/height", "256"),
            Map.entry("/config/dataset_params/test_transforms/CenterCrop/height", "224"));
    published.forEach((key, value) -> assertEquals(Set.of(value), values(runs, key), key));
    assertEquals(Set.of("0", "1", "2", "3", "4"), values(runs, "/seed"));
  }

  @Test
  void dinoBeginsWithImageNetAndFineTuningWithDino() throws IOException {
    List<JsonNode> runs = runs("table1");
    List<JsonNode> dino = runs.stream().filter(r -> !r.at("/phase/last").booleanValue()).toList();
    assertEquals(30, dino.size());
    assertEquals(Set.of("\"dino\""), values(dino, "/config/medtrans/method"));
    assertEquals(Set.of("true"), values(dino, "/config/model_params/pretrained"));
    assertEquals(Set.of("4096"), values(dino, "/config/model_params/DINO/projection_size"));
    assertEquals(Set.of("0.99"), values(dino, "/config/model_params/DINO/moving_average_decay"));
    assertEquals(
        Set.of("30"), values(dino, "/config/model_params/DINO/warmup_teacher_temp_epochs"));
    for (JsonNode run : compared(runs)) {
      if (run.path("initialisation").textValue().endsWith("DINO")) {
        JsonNode before = runs.get(run.path("follows").intValue());
        assertEquals(before.path("seed"), run.path("seed"));
        assertEquals(before.path("backbone"), run.path("backbone"));
        assertEquals(before.path("dataset"), run.path("dataset"));
        assertFalse(run.at("/config/model_params/pretrained").booleanValue());
      }
    }
  }

  @Test
  void theSmallTableHasTheSameShape() throws IOException {
    List<JsonNode> runs = runs("table1-small");
    Map<String, Long> cells = cells(compared(runs));
    assertEquals(18, cells.size(), cells::toString);
    assertEquals(Set.of(2L), Set.copyOf(cells.values()));
    assertEquals(36, compared(runs).size());
    assertEquals(56, runs.size());
    assertTrue(
        cells.keySet().stream()
            .anyMatch(c -> c.contains("|random + supervised on another data set + DINO|")),
        cells::toString);
  }

  @Test
  void theSmallFileOfDinoComparesWithAndWithout() throws IOException {
    List<JsonNode> runs = runs("dino-small");
    assertEquals(
        Map.of("DDSM|random|resnet18", 3L, "DDSM|random + DINO|resnet18", 3L),
        cells(compared(runs)));
    assertEquals(9, runs.size());
    List<JsonNode> dino = runs.stream().filter(r -> !r.at("/phase/last").booleanValue()).toList();
    String lr = "/config/optimization_params/default/optimizer/params/lr";
    assertEquals(Set.of("1.0E-4"), values(dino, lr));
    assertEquals(Set.of("5.0E-4"), values(compared(runs), lr));
    assertFalse(err.toString().contains("may collapse"), err::toString);
  }
}
