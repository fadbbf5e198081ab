package org.medtransformers.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medtransformers.contracts.Json;

/** The keys that editors are told are those that files have. */
class ExperimentKeysTest {
  private static final Path CONFIGS = Path.of("..", "..", "configs");

  private static ExperimentKeys.Key key(String path) {
    return ExperimentKeys.all().stream().filter(k -> k.path().equals(path)).findFirst().get();
  }

  @Test
  void eachKeyIsToldOnce() {
    List<String> paths = ExperimentKeys.all().stream().map(ExperimentKeys.Key::path).toList();
    assertEquals(paths.size(), Set.copyOf(paths).size());
  }

  @ParameterizedTest
  @CsvSource({
    "aptos2019-small.json",
    "dino-small/dino-small.json",
    "table1/table1.json",
    "table1-small/table1-small.json",
    "dicom-small.json",
    "multi-label-small.json",
    "medmnist-small.json"
  })
  void everyKeyOfAShippedFileIsTold(String file) throws IOException {
    Set<String> found = new TreeSet<>();
    collect("", Json.parse(Files.readString(CONFIGS.resolve(file))), found);
    assertFalse(found.isEmpty());
    Set<String> told =
        ExperimentKeys.all().stream().map(ExperimentKeys.Key::path).collect(Collectors.toSet());
    // What a matrix sets has the names of keys as its own.
    List<String> unknown =
        found.stream()
            .map(path -> path.replaceFirst("^experiment\\..*\\.set\\.", ""))
            .filter(path -> !told.contains(path))
            .toList();
    assertEquals(List.of(), unknown);
  }

  private static void collect(String path, JsonNode value, Set<String> found) {
    value.forEach(
        element -> {
          if (value.isArray()) {
            collect(path, element, found);
          }
        });
    value
        .properties()
        .forEach(
            entry -> {
              String name = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
              found.add(name);
              collect(name, entry.getValue(), found);
            });
  }

  @Test
  void aKeySaysWhatMayStandThereAndWhatIsMeantWithoutIt() {
    ExperimentKeys.Key epochs = key("training_params.epochs");
    assertEquals("integer", epochs.type());
    assertEquals("a whole number from 1 to 100000", epochs.allowed());
    assertTrue(epochs.required());
    ExperimentKeys.Key sampled = key("training_params.use_mixed_precision");
    assertEquals(List.of(BooleanNode.TRUE, BooleanNode.FALSE), sampled.values());
    assertEquals(BooleanNode.FALSE, sampled.absent());
    assertEquals("number", key("training_params.grad_clipping").type());
    assertEquals("number", key("training_params.val_every").type());
    assertEquals("string", key("medtrans.checkpoint").type());
    assertEquals("list", key("medtrans.knn.k").type());
    assertTrue(
        key("optimization_params.default.scheduler.type")
            .values()
            .contains(TextNode.valueOf("LinearWarmup")));
    assertFalse(key("dataloader_params.trainloader.num_workers").effective());
  }

  @Test
  void whatIsNotBuiltIsNotOffered() {
    assertEquals(List.of(BooleanNode.FALSE), key("system_params.use_all_GPUs").values());
  }

  /** Adam and RMSprop begin with different ones. */
  @Test
  void aDefaultThatDependsOnAnotherKeyIsNotTold() {
    assertNull(key("optimization_params.default.optimizer.params.lr").absent());
    assertEquals(1e-8, key("optimization_params.default.LARS_params.eps").absent().doubleValue());
  }
}
