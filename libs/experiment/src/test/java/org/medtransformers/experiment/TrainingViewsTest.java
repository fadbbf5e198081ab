package org.medtransformers.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.config.Transforms;
import org.medtransformers.contracts.error.MedtransException;

/** Which views come of a file, method by method. */
class TrainingViewsTest {
  private static final String TWO_CROPS =
      "{\"apply\": true, \"n_crops\": [1, 1], \"sizes\": [224, 96], \"scales\": [[0.4, 1], [0.1,"
          + " 0.4]]}";

  private final Findings findings = new Findings();
  private ObjectNode document;

  @BeforeEach
  void readDocument() throws IOException {
    document = ExperimentFileTest.everyKey();
  }

  private void set(String path, String json) {
    Overrides.set(document, path, Json.parse(json));
  }

  /** The training views of the document with {@code method}. */
  private JsonNode views(String method) {
    ObjectNode config = (ObjectNode) RunSchema.run().resolve("", document, findings, false);
    if (!findings.hasErrors()) {
      ((ObjectNode) config.get("medtrans")).put("method", method);
      List<String> paths = TrainingViews.resolve(config, findings);
      ViewChecks.check(Json.convert(config, RunConfig.class), paths, findings);
      assertFalse(config.path("medtrans").has("augmentation"));
    }
    return config.at("/dataset_params/train_transforms");
  }

  private List<Transforms> typed(String method) {
    return StreamSupport.stream(views(method).spliterator(), false)
        .map(v -> Json.convert(v, Transforms.class))
        .toList();
  }

  private static List<Integer> sizes(List<Transforms> views) {
    return views.stream().map(v -> v.randomResizedCrop().size()).toList();
  }

  private String onlyError() {
    try {
      findings.throwErrors();
    } catch (MedtransException e) {
      assertEquals(1, e.errors().size(), e::getMessage);
      return e.errors().get(0).message();
    }
    throw new AssertionError("there is no error");
  }

  private void assertNoErrors() {
    findings.throwErrors();
  }

  @Test
  void dinoSeesTwoGlobalAndSixLocalViewsWithThePublishedParameters() {
    List<Transforms> views = typed("dino");
    assertNoErrors();
    assertEquals(List.of(224, 224, 96, 96, 96, 96, 96, 96), sizes(views));
    Transforms second = views.get(1);
    assertEquals(List.of(0.4, 1.0), second.randomResizedCrop().scale());
    assertEquals(new Transforms.HorizontalFlip(true, 0.5), second.horizontalFlip());
    assertEquals(new Transforms.ColorJitter(true, 0.4, 0.4, 0.2, 0.1, 0.8), second.colorJitter());
    assertEquals(new Transforms.RandomGrayscale(true, 0.2), second.randomGrayscale());
    assertEquals(new Transforms.RandomSolarize(true, 128, 0.2), second.randomSolarize());
    assertEquals(
        List.of(1.0, 0.1, 0.5, 0.5),
        List.of(0, 1, 2, 7).stream().map(i -> views.get(i).randomGaussianBlur().p()).toList());
    assertEquals(List.of(0.05, 0.4), views.get(2).randomResizedCrop().scale());
    assertEquals(null, views.get(0).randomSolarize());
    assertEquals(null, views.get(7).verticalFlip(), "the file's own is not inherited");
    assertTrue(views.stream().allMatch(v -> v.resize().height() == 256 && v.normalize()));
  }

  @ParameterizedTest
  @CsvSource({"byol", "simsiam"})
  void byolAndSimSiamSeeTwoGlobalViews(String method) {
    List<Transforms> views = typed(method);
    assertNoErrors();
    assertEquals(List.of(224, 224), sizes(views));
    assertEquals(0.1, views.get(1).randomGaussianBlur().p());
  }

  @ParameterizedTest
  @CsvSource({
    "224, 16, 96",
    "96, 16, 48",
    "64, 8, 24",
    "32, 16, 16",
    "384, 16, 160",
    "448, 14, 196"
  })
  void builtInCropsScaleWithTheModelAndAreWholePatches(int size, int patch, int local) {
    set("model_params.transformers_params.img_size", "[" + size + "]");
    set("model_params.transformers_params.patch_size", "" + patch);
    set("dataset_params.val_transforms.CenterCrop.height", "" + size);
    set("dataset_params.val_transforms.CenterCrop.width", "" + size);
    set("dataset_params.test_transforms", document.at("/dataset_params/val_transforms").toString());
    List<Transforms> views = typed("dino");
    assertNoErrors();
    assertEquals(List.of(size, size), sizes(views).subList(0, 2));
    assertEquals(local, views.get(7).randomResizedCrop().size());
  }

  @Test
  void builtInCropsAreNotSmallerThanAResNetTakes() {
    set("model_params.backbone_type", "\"resnet18\"");
    set("model_params.transformers_params.img_size", "[64]");
    set("model_params.transformers_params.patch_size", "8");
    assertEquals(List.of(64, 64, 32, 32, 32, 32, 32, 32), sizes(typed("dino")));
    assertNoErrors();
  }

  private static final String STRATEGY =
      """
      {"general_args": {"overwrite_defaults": true, "inherit": ["Resize", "VerticalFlip"]},
       "repetition_strategy": {"n_augmentations": [2, 1], "order": ["near", "far"]},
       "transforms": {"train_transforms": {
         "far": {"RandomResizedCrop": {"apply": true, "size": 160, "scale": [0.5, 1]},
                 "VerticalFlip": {"apply": false}},
         "near": {"RandomResizedCrop": {"apply": true, "size": 64}}}}}
      """;

  @Test
  void aStrategyGivesItsViewsInItsOrderWithExplicitSizesAndInherits() {
    set("medtrans.augmentation", STRATEGY);
    set("model_params.transformers_params.img_size", "[64]");
    List<Transforms> views = typed("dino");
    assertNoErrors();
    assertEquals(List.of(64, 64, 160), sizes(views));
    assertEquals(List.of(0.08, 1.0), views.get(0).randomResizedCrop().scale(), "the default");
    assertTrue(
        views.stream().allMatch(v -> v.verticalFlip().apply()), "what is inherited goes before");
    assertEquals(256, views.get(2).resize().width());
  }

  @Test
  void aStrategyOfOneViewMayTrainSupervised() {
    set("medtrans.augmentation", STRATEGY);
    set(
        "medtrans.augmentation.repetition_strategy",
        "{\"n_augmentations\": [1], \"order\": [\"far\"]}");
    assertEquals(List.of(160), sizes(typed("supervised")));
    assertNoErrors();
    assertTrue(
        findings.notices().stream()
            .anyMatch(
                n -> n.startsWith("medtrans.augmentation.transforms.train_transforms.near:")));
  }

  @Test
  void withoutOverwritingTheRunsOwnViewIsTakenTwice() {
    set("medtrans.augmentation", STRATEGY);
    set("medtrans.augmentation.general_args.overwrite_defaults", "false");
    JsonNode own = views("supervised").deepCopy();
    JsonNode views = views("byol");
    assertNoErrors();
    assertEquals(2, views.size());
    assertEquals(own, views.get(0));
    assertEquals(own, views.get(1));
  }

  @Test
  void severalViewsOfTheFileItselfAreKept() {
    String own = document.at("/dataset_params/train_transforms").toString();
    set("dataset_params.train_transforms", "[" + own + "," + own + "]");
    assertEquals(2, typed("simsiam").size());
    set("dataset_params.train_transforms", own);
    set("dataset_params.train_transforms.MultiCrop", TWO_CROPS);
    assertTrue(views("byol").isObject());
    assertNoErrors();
    assertTrue(
        findings
            .notices()
            .contains(
                "dataset_params.train_transforms.RandomResizedCrop: does nothing here: MultiCrop"
                    + " crops instead"),
        findings.notices()::toString);
  }

  @Test
  void aResolvedFileMeansTheSameWhenItIsReadAgain() {
    JsonNode views = views("dino").deepCopy();
    ((ObjectNode) document.get("dataset_params")).set("train_transforms", views);
    assertEquals(views, views("dino"));
    assertNoErrors();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          dino | {"n_augmentations": [1], "order": ["far"]} | found 1 views (elements of a list, crops of MultiCrop, or of medtrans.augmentation), allowed with medtrans.method dino: 2 to 64
          byol | {"n_augmentations": [3], "order": ["far"]} | found 3 views (elements of a list, crops of MultiCrop, or of medtrans.augmentation), allowed with medtrans.method byol: 2
          supervised | {"n_augmentations": [2], "order": ["far"]} | found 2 views (elements of a list, crops of MultiCrop, or of medtrans.augmentation), allowed with medtrans.method supervised: 1
          """)
  void eachMethodSaysHowManyViewsItSees(String method, String repetition, String message) {
    set("medtrans.augmentation", STRATEGY);
    set("medtrans.augmentation.repetition_strategy", repetition);
    views(method);
    assertEquals("dataset_params.train_transforms: " + message, onlyError());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          | "dyno" | medtrans.augmentation: found "dyno", allowed: "byol", "dino", "simsiam", or a strategy itself
          | 3 | medtrans.augmentation: found 3, allowed: "byol"
          .general_args.overwrite_default | true | general_args.overwrite_default: unknown key, did you mean overwrite_defaults?
          .general_args.inherit | ["Resise"] | general_args.inherit[0]: found "Resise", allowed: "Resize"
          .repetition_strategy.order[1] | "for" | repetition_strategy.order[1]: found "for", allowed: far, near
          .repetition_strategy.n_augmentations | [1] | repetition_strategy.n_augmentations: found 1 numbers, allowed: 2, one for each of order
          .repetition_strategy.n_augmentations | [60, 5] | repetition_strategy.n_augmentations: found 65 views, allowed: 64
          .repetition_strategy.n_augmentations[0] | 0 | repetition_strategy.n_augmentations[0]: found 0, allowed: a whole number from 1
          .transforms.train_transforms | {} | transforms.train_transforms: found {}, allowed: an object of 1 to 64 names
          .transforms.train_transforms.far.RandomResizedCrop.sise | 3 | train_transforms.far.RandomResizedCrop.sise: unknown key, did you mean size?
          .transforms.train_transforms.near.RandomResizedCrop.size | 100 | train_transforms.near: gives 100x100 images, allowed: squares of a multiple of patch_size 16
          .transforms.train_transforms.near.RandomGaussianBlur | {"apply": true, "radius_min": 3} | train_transforms.near.RandomGaussianBlur.radius_min: found 3.0, allowed: at most radius_max
          .transforms.train_transforms.near.RandomCrop | {"apply": true, "height": 300, "width": 300, "padding": 4} | train_transforms.near: RandomCrop of 300x300 does not fit into images of 256x256 with a padding of 4
          """)
  void aMistakeInAStrategyIsNamedByItsPath(String key, String json, String message) {
    set("medtrans.augmentation", STRATEGY);
    set("medtrans.augmentation" + (key == null ? "" : key), json);
    views("dino");
    String found = onlyError();
    assertTrue(found.startsWith("medtrans.augmentation") && found.contains(message), found);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sizes | [224, 100] | dataset_params.train_transforms.MultiCrop.sizes[1]: gives 100x100 images, allowed: squares of a multiple of patch_size 16
          sizes | [224] | dataset_params.train_transforms.MultiCrop.sizes: found 1 elements, allowed: 2, as many as n_crops
          scales | [[0.4, 1]] | dataset_params.train_transforms.MultiCrop.scales: found 1 elements, allowed: 2, as many as n_crops
          n_crops | [33, 32] | dataset_params.train_transforms: found 65 views (elements of a list, crops of MultiCrop, or of medtrans.augmentation), allowed with medtrans.method dino: 2 to 64
          """)
  void cropsAreCheckedOneByOne(String key, String json, String message) {
    set("dataset_params.train_transforms.MultiCrop", TWO_CROPS);
    set("dataset_params.train_transforms.MultiCrop.n_crops", "[2, 1]");
    set("dataset_params.train_transforms.MultiCrop." + key, json);
    views("dino");
    assertEquals(message, onlyError());
  }

  @Test
  void aCropThatComesAfterMultiCropDecidesTheSize() {
    set("dataset_params.train_transforms.MultiCrop", TWO_CROPS);
    set(
        "dataset_params.train_transforms.CenterCrop",
        "{\"apply\": true, \"height\": 90, \"width\": 96}");
    views("dino");
    try {
      findings.throwErrors();
      throw new AssertionError("there is no error");
    } catch (MedtransException e) {
      assertEquals(
          List.of(
              "dataset_params.train_transforms.MultiCrop.sizes[0]: gives 90x96 images, allowed:"
                  + " squares of a multiple of patch_size 16",
              "dataset_params.train_transforms.MultiCrop.sizes[1]: gives 90x96 images, allowed:"
                  + " squares of a multiple of patch_size 16"),
          e.errors().stream().map(x -> x.message()).toList());
    }
  }

  @Test
  void supervisedTrainingOfSeveralViewsIsRefused() {
    set("dataset_params.train_transforms.MultiCrop", TWO_CROPS);
    views("supervised");
    assertTrue(onlyError().contains("found 2 views"));
  }

  @Test
  void evaluationLooksOnce() {
    String own = document.at("/dataset_params/val_transforms").toString();
    set("dataset_params.val_transforms", "[" + own + "," + own + "]");
    views("dino");
    assertEquals("dataset_params.val_transforms: found 2 views, allowed: 1", onlyError());
  }

  @Test
  void inheritingFromSeveralViewsIsRefused() {
    String own = document.at("/dataset_params/train_transforms").toString();
    set("dataset_params.train_transforms", "[" + own + "," + own + "]");
    set("medtrans.augmentation", "\"dino\"");
    views("dino");
    assertTrue(
        onlyError().startsWith("dataset_params.train_transforms: found a list of 2, allowed: one"));
  }

  @ParameterizedTest
  @CsvSource({"8, true", "4, false"})
  void ncropsIsTheNumberOfViews(int ncrops, boolean right) {
    set("model_params.DINO.ncrops", Integer.toString(ncrops));
    views("dino");
    if (right) {
      assertNoErrors();
    } else {
      assertEquals(
          "model_params.DINO.ncrops: found 4, allowed: 8, the number of views in"
              + " dataset_params.train_transforms (elements of a list, crops of MultiCrop, or of"
              + " medtrans.augmentation)",
          onlyError());
    }
  }

  @Test
  void theTeachersTwoViewsAreOfOneSize() {
    set("dataset_params.train_transforms.MultiCrop", TWO_CROPS);
    set("dataset_params.train_transforms.MultiCrop.n_crops", "[1, 3]");
    views("dino");
    assertEquals(
        "dataset_params.train_transforms: the first two views give 224x224 and 96x96 images,"
            + " allowed with medtrans.method dino: one size",
        onlyError());
  }
}
