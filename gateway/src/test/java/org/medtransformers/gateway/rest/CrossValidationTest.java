package org.medtransformers.gateway.rest;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.result.ComparisonTable.Cell;
import org.medtransformers.contracts.result.ComparisonTable.Column;
import org.medtransformers.contracts.result.EvaluationResults;
import org.medtransformers.contracts.result.ExperimentComparison;
import org.medtransformers.contracts.result.ExperimentView;
import org.medtransformers.contracts.result.PairedComparison;
import org.medtransformers.contracts.result.RunView;
import org.medtransformers.gateway.GatewayTestStack;
import org.medtransformers.gateway.fakes.Documents;
import org.medtransformers.gateway.fakes.FakeTraining;
import org.medtransformers.gateway.fakes.FakeWorkers;
import org.medtransformers.gateway.fakes.Gateway;
import org.medtransformers.service.path.Artifacts;
import org.medtransformers.statistics.PredictedImage;
import org.medtransformers.statistics.PredictionsCsv;

/** Experiments whose images are divided into folds, from the file to the comparison. */
@QuarkusTest
@QuarkusTestResource(GatewayTestStack.class)
class CrossValidationTest {
  private static final int IMAGES = 60;
  private static final int FOLDS = 3;

  @Inject Artifacts artifacts;

  private static ObjectNode document(String modelName, int repeats) {
    ObjectNode document = Documents.comparison(modelName);
    return Documents.with(
        document,
        "medtrans.split",
        Json.parse(
            "{\"kind\": \"kfold\", \"folds\": %d, \"repeats\": %d}".formatted(FOLDS, repeats)));
  }

  /** Two classes in turn; the model has all right but each seventh, or each third image. */
  private static PredictedImage image(int number, String backbone) {
    boolean wrong = number % (backbone.equals("resnet18") ? 7 : 3) == 0;
    int label = number % 2;
    return new PredictedImage(
        "image %02d".formatted(number),
        "patient " + number / 2,
        List.of(label),
        List.of(wrong ? 1 - label : label),
        List.of(0.5, 0.5, 0.0, 0.0, 0.0));
  }

  /** What a round tests: patients in turn, beginning elsewhere by another seed. */
  private static List<PredictedImage> tested(RunConfig.Split round, String backbone) {
    return IntStream.range(0, IMAGES)
        .filter(i -> (i / 2 + round.seedOrDefault()) % FOLDS == round.fold())
        .mapToObj(i -> image(i, backbone))
        .toList();
  }

  private void write(RunView run) throws IOException {
    RunConfig config =
        Json.convert(
            Json.parse(given().get("/api/v1/runs/" + run.id()).asString()).path("config"),
            RunConfig.class);
    Path folder = Files.createDirectories(artifacts.run(run.id()));
    Files.writeString(
        folder.resolve(EvaluationResults.PREDICTIONS),
        PredictionsCsv.write(tested(config.medtrans().split(), run.backbone()), 5));
  }

  private static ExperimentComparison comparison(String id) {
    return Json.read(
        given().get(Gateway.EXPERIMENTS + "/" + id + "/comparison").asString(),
        ExperimentComparison.class);
  }

  /**
   * Cohen's kappa of two classes, each shown by half of the images and said of half of them but
   * few: with n images, w of them wrong, and m of a class said, by its definition.
   */
  private static double kappa(String backbone) {
    double agree = 0;
    double[] shown = new double[2];
    double[] said = new double[2];
    for (int i = 0; i < IMAGES; i++) {
      PredictedImage image = image(i, backbone);
      shown[image.classes().get(0)]++;
      said[image.prediction().get(0)]++;
      agree += image.classes().equals(image.prediction()) ? 1 : 0;
    }
    double chance = (shown[0] * said[0] + shown[1] * said[1]) / (IMAGES * IMAGES);
    return (agree / IMAGES - chance) / (1 - chance);
  }

  @Test
  void anArmIsOneRowWhoseFoldsAreOneNumber() throws IOException {
    String id = Gateway.post(document("demo", 2));
    ExperimentView view = Gateway.ended(id);
    // Two models, two divisions, two seeds.
    assertEquals(2 * 2 * 2 * FOLDS, view.runs().size());
    assertNull(view.table().rows().get(0).cells().get(0).folds().pooled());
    for (RunView run : view.runs()) {
      write(run);
    }

    ExperimentComparison found = comparison(id);
    assertEquals(FakeWorkers.NOTICES, found.notes());
    assertEquals(
        List.of("resnet18", "deit_tiny"),
        found.table().rows().stream().map(r -> r.backbone()).toList());
    Column column = found.table().columns().get(0);
    assertEquals("APTOS2019", column.dataset());
    assertEquals(FOLDS, column.folds());
    for (int row = 0; row < 2; row++) {
      Cell cell = found.table().rows().get(row).cells().get(0);
      double expected = kappa(found.table().rows().get(row).backbone());
      assertEquals(4, cell.n());
      assertEquals(expected, cell.folds().pooled(), 1e-12);
      assertEquals(IMAGES, cell.folds().images());
      assertEquals(IMAGES / 2, cell.folds().groups());
      assertTrue(cell.folds().low() < expected && expected < cell.folds().high());
    }
    // What the experiment itself shows is the same table.
    assertEquals(found.table(), Gateway.get(id).table());

    PairedComparison test = found.tests().get(0);
    assertEquals(kappa("resnet18") - kappa("deit_tiny"), test.difference().value(), 1e-12);
    assertEquals(4, test.repetitions());
    assertEquals(IMAGES, test.images());
    assertEquals(2, test.folds().divisions());
    assertEquals(2 * FOLDS - 1, test.folds().degreesOfFreedom());
    assertEquals(
        FakeTraining.DATASET.sizes().train(), test.folds().train(), "as the prepared sets say");
    assertEquals(
        List.of("42/0", "42/1", "43/0", "43/1"),
        test.perSeed().stream().map(m -> m.division() + "/" + m.seed()).toList());
  }

  /** The trainings by seed 1 fail, in every fold. */
  @Test
  void foldsThatFailedAreNamed() throws IOException {
    String id = Gateway.post(document("fail", 1));
    for (RunView run : Gateway.ended(id).runs()) {
      write(run);
    }
    ExperimentComparison found = comparison(id);
    assertEquals(1, found.table().rows().get(0).cells().get(0).n());
    assertEquals(2, found.table().rows().get(0).cells().get(0).planned());
    assertEquals(
        "APTOS2019: resnet18, random #2: of the 3 folds by split seed 42 these have no result: 0,"
            + " 1, 2; the numbers are of the divisions that are whole",
        found.notes().get(0));
    assertEquals(1, found.tests().get(0).repetitions());
  }

  @Test
  void predictionsOfAFoldThatAreNotThereAreNoted() throws IOException {
    String id = Gateway.post(Documents.with(document("demo", 1), "experiment.repetitions", 1));
    List<RunView> runs = Gateway.ended(id).runs();
    for (RunView run : runs.subList(1, runs.size())) {
      write(run);
    }
    ExperimentComparison found = comparison(id);
    assertNull(found.table().rows().get(0).cells().get(0).folds().pooled());
    assertEquals(
        "APTOS2019: resnet18, random #1 is not compared, its predictions.csv cannot be used: it is"
            + " not there",
        found.notes().get(0));
    assertEquals(FakeWorkers.NOTICES, found.notes().subList(1, found.notes().size()));
    assertEquals(List.of(), found.tests());
  }
}
