package org.medtransformers.eval.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.data.SplitSizes;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.event.EvaluationEvent;
import org.medtransformers.contracts.result.EvaluationResults;
import org.medtransformers.experiment.Overrides;
import org.medtransformers.statistics.BinaryScores;

class OperatingPartTest {
  private static final List<String> CLASSES = List.of("benign", "malignant");
  private static final EvaluationResults.Origin ORIGIN =
      new EvaluationResults.Origin("run", null, null, null, null, null, null, null);

  @Test
  void withoutBothClassesThereIsNothingToChooseBy() {
    assertEquals(
        Optional.of(
            "no operating point: every image of the validation split, to choose it by, is benign"),
        OperatingPart.warning(scores(0, 3), CLASSES));
    assertEquals(
        Optional.of(
            "no operating point: every image of the validation split, to choose it by, is malignant"),
        OperatingPart.warning(scores(3, 0), CLASSES));
  }

  @Test
  void fewImagesOfAClassAreToldAndEnoughAreNot() {
    for (BinaryScores few : List.of(scores(4, 50), scores(50, 4))) {
      assertTrue(
          OperatingPart.warning(few, CLASSES).orElseThrow().contains("54 validation images"));
    }
    assertEquals(Optional.empty(), OperatingPart.warning(scores(5, 5), CLASSES));
  }

  @Test
  void aThresholdThatIsAskedForWhereThereAreSeveralClassesIsANotice() throws Exception {
    assertEquals(List.of(), warnings(Map.of()));
    assertEquals(
        List.of(
            "medtrans.evaluation.operating_point does nothing here: the data set has not two classes"),
        warnings(Map.of("operating_point", Map.of("sensitivity", 0.9))));
  }

  private static List<String> warnings(Map<String, Object> evaluation) throws Exception {
    Findings findings = new Findings();
    EvaluationEvent.Requested request =
        new EvaluationEvent.Requested("run", config(evaluation), ofThree(), "", null, null, null);
    new OperatingPart().measure(new Subject(request, null, null, null, null, null), findings);
    JsonNode told = Json.parse(findings.results(ORIGIN)).path("warnings");
    return IntStream.range(0, told.size()).mapToObj(i -> told.get(i).asText()).toList();
  }

  private static RunConfig config(Map<String, Object> evaluation) throws IOException {
    try (InputStream in = OperatingPartTest.class.getResourceAsStream("/run.json")) {
      ObjectNode config = (ObjectNode) Json.mapper().readTree(in);
      Overrides.set(config, "medtrans.evaluation", Json.tree(evaluation));
      return Json.convert(config, RunConfig.class);
    }
  }

  private static PreparedDataset ofThree() {
    DatasetDescription description =
        new DatasetDescription(
            "eyes",
            List.of("none", "mild", "severe"),
            Task.MULTI_CLASS,
            1,
            List.of(0.5),
            List.of(0.5),
            TargetMetric.RECALL,
            true);
    return new PreparedDataset(
        "eyes", description, new SplitSizes(8, 4, 19), null, null, 0, List.of());
  }

  private static BinaryScores scores(int positives, int negatives) {
    int n = positives + negatives;
    return BinaryScores.of(
        IntStream.range(0, n).map(i -> i < positives ? 1 : 0).toArray(), new double[n]);
  }
}
