package org.medtransformers.gateway.report.content;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.cost.Machine;
import org.medtransformers.contracts.data.SplitSizes;
import org.medtransformers.contracts.result.RunState;
import org.medtransformers.gateway.fakes.Documents;

/** Each rule just where it does not hold yet, and just where it does. */
class LimitsTest {
  private static void holds(Study study, String words) {
    List<String> limits = Limits.of(study);
    assertTrue(limits.stream().anyMatch(l -> l.contains(words)), () -> words + " not in " + limits);
  }

  private static void holdsNot(Study study, String words) {
    List<String> limits = Limits.of(study);
    assertFalse(limits.stream().anyMatch(l -> l.contains(words)), () -> words + " in " + limits);
  }

  @Test
  void runsWithoutAResultAreMissing() {
    holdsNot(TestStudy.comparison(3).study(), "not all have a result");
    holds(
        TestStudy.comparison(3)
            .study(run -> run.position == 5 ? RunState.FAILED : RunState.SUCCEEDED),
        "Of 6 runs not all have a result (1 failed)");
  }

  @Test
  void twoSeedsAreFewAndThreeAreNot() {
    holds(TestStudy.comparison(2).study(), "Fewer than 3 trainings with different seeds");
    holdsNot(TestStudy.comparison(3).study(), "Fewer than 3 trainings");
  }

  @Test
  void moreEpochsForOneModelAreUnequalBudgets() {
    holdsNot(TestStudy.comparison(3).study(), "unequal budgets");
    ObjectNode document = Documents.comparison("demo");
    ((ObjectNode) document.at("/experiment/matrix/0/1/set")).put("training_params.epochs", 11);
    holds(
        new TestStudy(document).study(),
        "unequal budgets, from 10 (resnet18 (random)) to 11 epochs");
  }

  @Test
  void anEarlierPhaseCountsAsTraining() {
    holds(new TestStudy(chained()).study(), "from 10 (resnet18 (random)) to 20 epochs");
  }

  /** One arm of one phase, one of two. */
  private static ObjectNode chained() {
    ObjectNode document = Documents.comparison("demo");
    ObjectNode chained = Json.mapper().createObjectNode().put("label", "chained");
    chained.putObject("set");
    chained.putArray("phases").addObject().put("method", "supervised");
    chained.withArray("phases").addObject().put("method", "supervised");
    ObjectNode plain = Json.mapper().createObjectNode().put("label", "plain");
    plain.putObject("set");
    ((ObjectNode) document.at("/experiment")).putArray("matrix").addArray().add(plain).add(chained);
    return document;
  }

  @Test
  void twiceTheTimeIsUnequalWithTheEarlierPhase() {
    TestStudy study = new TestStudy(chained());
    study.seconds = run -> run.lastPhase ? 20 : 19;
    holdsNot(study.study(), "times as long");
    study.seconds = run -> run.lastPhase ? 20 : 60;
    holds(study.study(), "earlier phases included, took 4.000 times as long as those of");
  }

  @Test
  void oneMachineIsALimitAndTwoAreNot() {
    holds(TestStudy.comparison(3).study(), "one kind of machine");
    TestStudy two = TestStudy.comparison(3);
    AtomicInteger number = new AtomicInteger();
    two.machines =
        machine -> new Machine("EPYC", 2 + number.getAndIncrement() % 2, 2, 16L, null, null);
    holdsNot(two.study(), "one kind of machine");
  }

  @Test
  void networksMadeForTestsSayNothing() {
    holdsNot(TestStudy.comparison(3).study(), "made to try the machinery");
    ObjectNode document =
        Documents.with(Documents.single("demo"), "model_params.backbone_type", "test_resnet");
    holds(new TestStudy(document).study(), "test_resnet: made to try the machinery");
  }

  @Test
  void drawnImagesSayNothingOfPatients() {
    TestStudy study = TestStudy.comparison(3);
    holdsNot(study.study(), "drawn by a program");
    study.synthetic = true;
    holds(study.study(), "drawn by a program");
  }

  @Test
  void twentyNinePatientsAreFewAndThirtyAreNot() {
    TestStudy study = TestStudy.comparison(3);
    study.patients = 30;
    holdsNot(study.study(), "few to test on");
    study.patients = 29;
    holds(study.study(), "few to test on, fewer than 30: 29 (counted by patient or lesion)");
  }

  @Test
  void fourImagesOfAClassAreFewAndFiveAreNot() {
    TestStudy study = TestStudy.comparison(3);
    study.labels = labels(5);
    holdsNot(study.study(), "of the class");
    study.labels = labels(4);
    holds(study.study(), "only 4 images of the class “Moderate” to test on, fewer than 5");
  }

  private static List<Integer> labels(int ofTheLast) {
    return Stream.concat(
            IntStream.range(0, 56).mapToObj(i -> i % 2),
            IntStream.range(0, ofTheLast).mapToObj(i -> 2))
        .toList();
  }

  @Test
  void tenTimesAsManyImagesOfAClassAreUnbalanced() {
    TestStudy study = TestStudy.comparison(3);
    study.trainingCounts = List.of(99, 50, 10);
    holdsNot(study.study(), "unbalanced");
    study.trainingCounts = List.of(100, 50, 10);
    holds(study.study(), "unbalanced, 100 to 10 training images");
    study.trainingCounts = List.of(0, 0, 0);
    holdsNot(study.study(), "unbalanced");
  }

  @Test
  void groupsAndFilesInTwoPartsAreLeaks() {
    TestStudy study = TestStudy.comparison(3);
    holdsNot(study.study(), "leak");
    study.leaking = 1;
    holds(study.study(), "a leak, 1 group with images in more than one part");
    study.leaking = 0;
    study.copies =
        new Study.Copies(new Study.Duplicates(3, 6, 1, 0), new Study.NearDuplicates(2, 4, 1, 0));
    holds(study.study(), "a leak, 1 file in more than one part");
    holds(study.study(), "a likely leak, 1 set of images");
  }

  @Test
  void imagesWithoutPatientsCountAsIndependent() {
    TestStudy study = TestStudy.comparison(3);
    holdsNot(study.study(), "no patients or lesions are known");
    study.leaking = null;
    holds(study.study(), "no patients or lesions are known");
  }

  @Test
  void oneUnreadableImageIsTold() {
    TestStudy study = TestStudy.comparison(3);
    holdsNot(study.study(), "could not be read");
    study.skipped = 1;
    holds(study.study(), "1 image could not be read");
  }

  @Test
  void theBestOfThreeIsChosenByTheTestImagesAndOneOfTwoIsNot() {
    holdsNot(TestStudy.comparison(3).study(), "the best of");
    ObjectNode document = Documents.comparison("demo");
    ((ObjectNode) document.at("/experiment/matrix/0").get(0)).put("label", "a");
    document
        .withObject("/experiment")
        .withArray("matrix")
        .withArray("/0")
        .addObject()
        .put("label", "c")
        .putObject("set")
        .put("model_params.backbone_type", "resnet34");
    holds(new TestStudy(document).study(), "the best of 3 models is named by the same test images");
  }

  @Test
  void withoutValidationImagesTheLastModelIsTaken() {
    TestStudy study = TestStudy.comparison(3);
    study.sizes = new SplitSizes(210, 1, 60);
    holdsNot(study.study(), "no validation images");
    study.sizes = new SplitSizes(210, 0, 60);
    holds(study.study(), "no validation images");
  }

  /** The interval of this difference is [0.096, 0.545]. */
  @Test
  void anIntervalWiderThanTheMarginCannotShowEquivalence() {
    Study study = TestStudy.comparison(3).with("medtrans.comparison.rope", 0.22).study();
    double width =
        study.comparison().tests().get(0).difference().high()
            - study.comparison().tests().get(0).difference().low();
    holds(
        TestStudy.comparison(3).with("medtrans.comparison.rope", width / 2 - 1e-6).study(),
        "more than the margin");
    holdsNot(
        TestStudy.comparison(3).with("medtrans.comparison.rope", width / 2 + 1e-6).study(),
        "more than the margin");
  }

  @Test
  void foldsAreNoSingleDivision() {
    holds(TestStudy.comparison(3).study(), "one division of the images");
    holdsNot(
        TestStudy.comparison(1)
            .with("medtrans.split.kind", "kfold")
            .with("medtrans.split.folds", 3)
            .study(),
        "one division of the images");
  }
}
