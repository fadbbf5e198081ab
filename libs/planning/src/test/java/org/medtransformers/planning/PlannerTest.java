package org.medtransformers.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.medtransformers.planning.Looks.NO_WEIGHTS;
import static org.medtransformers.planning.Looks.WEIGHTS;
import static org.medtransformers.planning.Looks.facts;
import static org.medtransformers.planning.Looks.folders;
import static org.medtransformers.planning.Looks.plan;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medtransformers.contracts.comparison.ComparisonPlan;
import org.medtransformers.contracts.comparison.ComparisonRequest.Options;
import org.medtransformers.contracts.comparison.DataLook;
import org.medtransformers.contracts.comparison.Question;
import org.medtransformers.contracts.config.Backbone;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.experiment.Experiment;
import org.medtransformers.experiment.ExperimentFile;
import org.medtransformers.experiment.PlannedRun;
import org.medtransformers.planning.Looks.Machine;

class PlannerTest {
  private static ComparisonPlan planned(DataLook look, String time, Machine machine) {
    return plan(facts(look, time, NO_WEIGHTS), machine).plan();
  }

  private static String choice(ComparisonPlan plan, String what) {
    return plan.choices().stream()
        .filter(c -> c.what().equals(what))
        .map(ComparisonPlan.Choice::value)
        .findFirst()
        .orElseThrow();
  }

  private static int repetitions(ComparisonPlan plan) {
    return plan.document().at("/experiment/repetitions").intValue();
  }

  /** The larger the machine and the time, the more of what was wished for. */
  @ParameterizedTest
  @CsvSource({
    // images per class, pixels, microseconds per pixel, time; then what comes of it
    "500, 300, 1, 30m, 128, 3",
    "500, 300, 1, overnight, 224, 3",
    "500, 300, 0.01, 30m, 224, 3",
    "500, 50, 0.01, 30m, 32, 10",
    "5000, 300, 1, 2h, 96, 3",
    "100000, 300, 0.01, 2h, 64, 3",
  })
  void theTimeIsUsedForLargerImagesThenForLongerTrainingsThenForSeeds(
      int images, int side, double cost, String time, int size, int seeds) {
    ComparisonPlan plan = planned(folders(side, images, images), time, new Machine(cost, 5));
    assertEquals(
        size + " pixels, " + seeds,
        choice(plan, "image size") + ", " + repetitions(plan),
        () -> plan.choices() + " " + plan.time());
  }

  @ParameterizedTest
  @CsvSource({"30m, 1", "1h, 1", "2h, 1", "overnight, 1", "6m, 0.1", "30m, 0.1", "2h, 0.05"})
  void aPlanKeepsWithinItsTimeAndSaysSoWhereItNeedsLess(String time, double cost) {
    ComparisonPlan plan = planned(folders(300, 700, 600), time, new Machine(cost, 5));
    double share = plan.time().planned() / plan.time().given();
    assertTrue(share <= 0.95, () -> "planned " + share + " of the time");
    boolean said = plan.notices().stream().anyMatch(n -> n.startsWith("the plan takes"));
    assertEquals(share < 0.85, said, () -> share + " " + plan.notices());
    assertEquals(
        plan.time().planned(),
        plan.time().parts().stream().mapToDouble(ComparisonPlan.Part::seconds).sum(),
        1e-9);
  }

  @Test
  void neverFewerThanThreeSeedsAndWhatTimeWouldDoIsSaid() {
    DataLook look = folders(300, 2000, 2000);
    MedtransException refused =
        assertThrows(MedtransException.class, () -> planned(look, "5m", Machine.LAPTOP));
    assertTrue(refused.getMessage().contains("3 seeds of resnet18 and deit_tiny"));
    String least = refused.getMessage().replaceFirst(".*allowed: from ", "");
    assertEquals(3, repetitions(planned(look, least, Machine.LAPTOP)), least);
  }

  @Test
  void theTransformerNearestInTimeIsTaken() {
    ComparisonPlan plan = planned(folders(64, 300, 300), "30m", Machine.LAPTOP);
    assertEquals("resnet18, and deit_tiny with patches of 8 pixels", choice(plan, "networks"));
  }

  @Test
  void nothingIsPlannedOnWhatWasNotMeasured() {
    Facts facts = facts(folders(300, 500, 500), "overnight", NO_WEIGHTS);
    Step.Measure first = assertInstanceOf(Step.Measure.class, Planner.next(facts, Map.of()));
    assertTrue(first.settings().stream().allMatch(s -> s.size() == 64), first::toString);
    assertEquals(3, ExperimentFile.read(first.probe()).runs().size());
  }

  @Test
  void fewImagesAreCrossValidatedWhereTheTimeAllows() {
    DataLook few = folders(64, 60, 70);
    assertEquals("5-fold cross-validation", choice(planned(few, "2h", Machine.LAPTOP), "split"));
    assertEquals("70 / 15 / 15 %", choice(planned(few, "5m", Machine.LAPTOP), "split"));
  }

  @Test
  void weightsAtHandMakeArmsOfTheirOwnWithTheirPatches() {
    Facts with = facts(folders(128, 400, 400), "2h", WEIGHTS);
    ComparisonPlan plan = plan(with, Machine.LAPTOP).plan();
    assertTrue(
        choice(plan, "beginnings").startsWith("random, ImageNet (supervised)"), plan::toString);
    assertTrue(choice(plan, "networks").endsWith("16 pixels"), plan::toString);
    assertTrue(
        plan(facts(folders(128, 400, 400), "2h", Set.of(Backbone.RESNET18)), Machine.LAPTOP)
            .plan()
            .notices()
            .stream()
            .anyMatch(n -> n.startsWith("no arm begins with ImageNet")));
  }

  @Test
  void weightsAtHandThatDoNotFitAreNotCalledMissing() {
    Options small = new Options(null, 32, null, null);
    Facts facts = facts(folders(128, 400, 400), "2h", WEIGHTS, Question.ALL, small);
    List<String> notices = plan(facts, Machine.LAPTOP).plan().notices();
    assertTrue(
        notices.stream().anyMatch(n -> n.contains("32 pixels are too small for patches of 16")),
        notices::toString);
    assertTrue(notices.stream().noneMatch(n -> n.contains("at hand")), notices::toString);
  }

  @Test
  void ofSeedsThatSomebodyHasSetItIsNotSaidThatMoreWouldNotHelp() {
    Options three = new Options(3, 32, null, null);
    Facts facts = facts(folders(300, 500, 500), "2h", NO_WEIGHTS, Question.ALL, three);
    List<String> notices = plan(facts, Machine.SERVER).plan().notices();
    assertTrue(
        notices.stream().anyMatch(n -> n.endsWith("longer trainings would hardly say more")),
        notices::toString);
  }

  @Test
  void onlyTheArchitectureIsComparedWhereThatIsTheQuestion() {
    Facts facts = facts(folders(128, 400, 400), "2h", WEIGHTS, Question.ARCHITECTURE, null);
    assertEquals("random", choice(plan(facts, Machine.LAPTOP).plan(), "beginnings"));
  }

  @Test
  void whatSomebodyDecidesIsNotChosen() {
    Options options = new Options(5, 96, "mine", null);
    Facts facts = facts(folders(300, 400, 400), "2h", NO_WEIGHTS, Question.ALL, options);
    ComparisonPlan plan = plan(facts, Machine.SERVER).plan();
    assertEquals("96 pixels", choice(plan, "image size"));
    assertEquals(5, repetitions(plan));
    assertEquals("mine", plan.document().at("/experiment/name").textValue());
  }

  /** The file is one that is run, and has the runs that the plan tells. */
  @ParameterizedTest
  @CsvSource({"30m, 0.01", "2h, 1", "6m, 0.1", "overnight, 1"})
  void theFileHasTheRunsOfThePlan(String time, double cost) {
    for (Set<Backbone> weights : List.of(NO_WEIGHTS, WEIGHTS)) {
      DataLook look = folders(List.of("grade 0", "grade 1", "grade 2"), 200, 100, 150, 90);
      ComparisonPlan plan = plan(facts(look, time, weights), new Machine(cost, 5)).plan();
      Experiment experiment = ExperimentFile.read(plan.document());
      assertEquals(plan.runs(), experiment.runs().size(), time);
      for (PlannedRun run : experiment.runs()) {
        assertEquals(
            "cohen_kappa", run.file().config().medtrans().imageFolder().targetMetric().key());
      }
      long last = experiment.runs().stream().filter(run -> run.phase().last()).count();
      assertEquals(last, plan.arms().stream().mapToInt(ComparisonPlan.Arm::runs).sum());
    }
  }

  @Test
  void hostileNamesOfFoldersBecomeNamesThatTablesMayHave() {
    assertEquals("compare a_script_", Document.printable("compare a<script>"));
    assertEquals("data _.._x", Document.printable("\n..\u202Ex"));
    assertTrue(Document.printable("ä".repeat(500)).length() <= 100);
  }
}
