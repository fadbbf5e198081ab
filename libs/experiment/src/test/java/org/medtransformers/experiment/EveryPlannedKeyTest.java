package org.medtransformers.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medtransformers.contracts.Json;

/**
 * Of every key that is settled while an experiment is planned: another value, and other runs are
 * made of the same file. The place where the key itself stands in a run's file does not count.
 */
class EveryPlannedKeyTest {
  private static final String EXPERIMENT =
      """
      {"name": "one", "seed": 3, "repetitions": 1,
       "matrix": [[{"label": "short", "set": {"training_params.epochs": 2},
                    "phases": [{"method": "supervised", "label": "first", "set": {}},
                               {"method": "supervised", "label": "second", "set": {}}]},
                   {"label": "long", "set": {"training_params.epochs": 4}}]],
       "phases": [{"method": "supervised", "label": "third", "set": {}},
                  {"method": "supervised", "label": "fourth", "set": {}}]}
      """;
  private static final String STRATEGY =
      """
      {"general_args": {"overwrite_defaults": true, "inherit": []},
       "repetition_strategy": {"n_augmentations": [2, 1], "order": ["near", "far"]},
       "transforms": {"train_transforms": {
         "far": {"RandomResizedCrop": {"apply": true, "size": 224, "scale": [0.5, 1]}},
         "near": {"RandomResizedCrop": {"apply": true, "size": 224}}}}}
      """;

  private ObjectNode document;

  @BeforeEach
  void readDocument() throws IOException {
    document = ExperimentFileTest.everyKey();
  }

  private void set(String path, String json) {
    Overrides.set(document, path, Json.parse(json));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          name                       | "another"
          seed                       | 4
          repetitions                | 2
          matrix[0][0].label         | "brief"
          matrix[0][0].set           | {"training_params.epochs": 3}
          matrix[0][0].phases[0].method | "dino"
          matrix[0][0].phases[0].set | {"training_params.epochs": 3}
          matrix[0][0].phases[0].label | "next"
          phases[0].method           | "dino"
          phases[0].set              | {"training_params.epochs": 3}
          phases[0].label            | "next"
          """)
  void ofAnExperiment(String key, String value) {
    set("experiment", EXPERIMENT);
    assertPlansOtherwise("experiment." + key, value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          min_pow                   | -4
          max_pow                   | -1
          resolution                | 3
          n_epochs                  | 3
          random_lr                 | true
          keep_schedule             | true
          report_intermediate_steps | true
          """)
  void ofASearchForALearningRate(String key, String value) {
    set("medtrans.lr_finder", "true");
    set("lr_finder.grid_search_params.resolution", "2");
    assertPlansOtherwise("lr_finder.grid_search_params." + key, value);
  }

  @Test
  void ofWhetherOneIsSearchedFor() {
    set("medtrans.lr_finder", "false");
    assertPlansOtherwise("medtrans.lr_finder", "true");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          general_args.overwrite_defaults     | false
          general_args.inherit                | ["RandomResizedCrop"]
          general_args.img_size               | 448
          repetition_strategy.n_augmentations | [1, 1]
          repetition_strategy.order           | ["far", "near"]
          transforms.train_transforms.far.RandomResizedCrop.scale | [0.6, 1]
          """)
  void ofAnAugmentation(String key, String value) {
    set("medtrans.method", "\"dino\"");
    set("medtrans.augmentation", STRATEGY);
    assertPlansOtherwise("medtrans.augmentation." + key, value);
  }

  @Test
  void ofFoldsThatAreRepeated() {
    set("medtrans.split", "{\"kind\": \"kfold\", \"folds\": 3}");
    assertPlansOtherwise("medtrans.split.repeats", "2");
  }

  /** A row is called after the phases before its own. */
  @Test
  void theLabelOfALastPhaseSaysThatNothingIsCalledSo() {
    set("experiment.phases", "[{\"method\": \"supervised\"}, {\"method\": \"supervised\"}]");
    assertTrue(notices().stream().noneMatch(n -> n.contains(".label")), notices()::toString);
    set("experiment.phases[1].label", "\"last\"");
    assertTrue(
        notices().stream().anyMatch(n -> n.startsWith("experiment.phases[1].label: does nothing")),
        notices()::toString);
  }

  @ParameterizedTest
  @CsvSource({
    "valloader, shuffle",
    "valloader, drop_last",
    "testloader, shuffle",
    "testloader, drop_last"
  })
  void loadersThatLookOnceAtEveryImageSayThatTheOrderIsTheirs(String loader, String key) {
    String path = "dataloader_params." + loader;
    set(path, "{\"shuffle\": false, \"drop_last\": false}");
    assertTrue(notices().stream().noneMatch(n -> n.startsWith(path)));
    set(path + "." + key, "true");
    assertTrue(
        notices().stream().anyMatch(n -> n.startsWith(path + ": shuffle and drop_last do nothing")),
        notices()::toString);
  }

  private List<String> notices() {
    return ExperimentFile.read(document).notices();
  }

  private void assertPlansOtherwise(String path, String value) {
    List<Object> before = planned(path);
    assertEquals(before, planned(path));
    set(path, value);
    assertNotEquals(before, planned(path));
  }

  private List<Object> planned(String path) {
    Experiment experiment = ExperimentFile.read(document);
    List<Object> runs = experiment.runs().stream().<Object>map(r -> described(r, path)).toList();
    return List.of(experiment.name(), runs);
  }

  private static List<Object> described(PlannedRun run, String path) {
    ObjectNode file = run.file().tree().deepCopy();
    JsonNode parent = file;
    List<String> keys = Arrays.asList(path.split("\\."));
    for (String key : keys.subList(0, keys.size() - 1)) {
      parent = parent.path(key);
    }
    if (parent instanceof ObjectNode object) {
      object.remove(keys.get(keys.size() - 1));
    }
    return List.of(run.seed(), run.labels(), run.initialisation(), file);
  }
}
