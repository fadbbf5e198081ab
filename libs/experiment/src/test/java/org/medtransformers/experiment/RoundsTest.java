package org.medtransformers.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.error.MedtransException;

class RoundsTest {
  private ObjectNode document;

  @BeforeEach
  void readDocument() throws IOException {
    document = ExperimentFileTest.everyKey();
    set("experiment", "{}");
  }

  private void set(String path, String json) {
    Overrides.set(document, path, Json.parse(json));
  }

  private List<PlannedRun> runs() {
    return ExperimentFile.read(document).runs();
  }

  private static RunConfig.Split split(PlannedRun run) {
    return run.file().config().medtrans().split();
  }

  private static List<String> rows(List<PlannedRun> runs) {
    return runs.stream().map(PlannedRun::initialisation).distinct().toList();
  }

  @Test
  void everyFoldIsRunInOneRowWhereNoneIsNamed() {
    set("medtrans.split", "{\"kind\": \"kfold\", \"folds\": 4}");
    List<PlannedRun> runs = runs();
    assertEquals(List.of(0, 1, 2, 3), runs.stream().map(r -> split(r).fold()).toList());
    assertEquals(List.of("fold 3"), runs.get(3).labels());
    assertEquals(1, rows(runs).size());
    assertTrue(runs.stream().allMatch(r -> split(r).seed() == null));
  }

  @Test
  void aNamedFoldIsThatOneAlone() {
    set("medtrans.split", "{\"kind\": \"kfold\", \"fold\": 2}");
    assertEquals(List.of(2), runs().stream().map(r -> split(r).fold()).toList());
    assertEquals(List.of(), runs().get(0).labels());
  }

  @Test
  void repeatsDivideByTheSeedsThatFollow() {
    set("medtrans.split", "{\"kind\": \"kfold\", \"folds\": 3, \"repeats\": 2}");
    List<PlannedRun> runs = runs();
    assertEquals(
        List.of("42/0", "42/1", "42/2", "43/0", "43/1", "43/2"),
        runs.stream().map(r -> split(r).seed() + "/" + split(r).fold()).toList());
    assertEquals("fold 1 of split seed 43", runs.get(4).labels().get(0));
    assertTrue(runs.get(0).config().at("/medtrans/split/repeats").isMissingNode());
    set("medtrans.split.seed", "7");
    assertEquals(8, split(runs().get(5)).seed());
  }

  /** Each is a run of its own, so that they can be run again one by one. */
  @Test
  void theResolvedFileOfARoundIsThatRoundAlone() {
    set("medtrans.split", "{\"kind\": \"kfold\", \"folds\": 3, \"repeats\": 2}");
    PlannedRun round = runs().get(4);
    List<PlannedRun> again = ExperimentFile.read(round.config()).runs();
    assertEquals(
        List.of(round.configSha256()), again.stream().map(PlannedRun::configSha256).toList());
  }

  @Test
  void anAxisOverFoldsMakesNoRows() {
    set("experiment.matrix", "[" + folds("") + "]");
    assertEquals(5, runs().size());
    assertEquals(1, rows(runs()).size());
    assertEquals(List.of("fold 4"), runs().get(4).labels());
    set(
        "experiment.matrix",
        "["
            + folds("")
            + ", [{\"label\": \"slow\", \"set\": {\"training_params.epochs\": 50}},"
            + " {\"label\": \"fast\"}]]");
    assertEquals(10, runs().size());
    assertEquals(
        List.of(" (slow)", " (fast)"),
        rows(runs()).stream().map(r -> r.substring(r.lastIndexOf(" ("))).toList());
  }

  @Test
  void anAxisThatChangesMoreThanTheFoldMakesRows() {
    set("experiment.matrix", "[" + folds(", \"training_params.epochs\": 1%d") + "]");
    assertEquals(5, rows(runs()).size());
  }

  /** The same fold twice would count its images twice. */
  @Test
  void theSameFoldTwiceIsTwoRows() {
    set(
        "experiment.matrix",
        "[[{\"label\": \"a\", \"set\": {\"medtrans.split\": {\"kind\": \"kfold\", \"fold\": 1}}},"
            + " {\"label\": \"b\", \"set\": {\"medtrans.split\": {\"kind\": \"kfold\","
            + " \"fold\": 1}}}]]");
    assertEquals(2, rows(runs()).size());
  }

  /** What is tried in one fold says nothing of another. */
  @Test
  void aSearchForALearningRateIsMadeInEachFoldByItself() {
    set("medtrans", "{\"lr_finder\": true, \"split\": {\"kind\": \"kfold\", \"folds\": 3}}");
    set("lr_finder", "{\"grid_search_params\": {\"resolution\": 2}}");
    assertEquals(6, runs().size());
    assertEquals(3, rows(runs()).size());
    assertTrue(rows(runs()).get(2).endsWith("(fold 2)"), rows(runs())::toString);
  }

  @Test
  void eachFoldHasItsOwnFirstPhase() {
    set("medtrans.split", "{\"kind\": \"kfold\", \"folds\": 3}");
    set("experiment.phases", "[{\"method\": \"simsiam\"}, {\"method\": \"supervised\"}]");
    set("dataloader_params.trainloader.batch_size", "8");
    List<PlannedRun> runs = runs();
    assertEquals(6, runs.size());
    for (int fold = 0; fold < 3; fold++) {
      PlannedRun last = runs.get(2 * fold + 1);
      assertEquals(2 * fold, last.follows());
      assertEquals(fold, split(last).fold());
      assertEquals(fold, split(runs.get(2 * fold)).fold());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'kind': 'kfold', 'folds': 1000, 'repeats': 1000} | medtrans.split.repeats: 1000000 runs"
            + " per point",
        "{'kind': 'kfold', 'folds': 3, 'repeats': 334} | medtrans.split.repeats: 1002 runs per"
            + " point of the matrix and repetition, allowed here: 1000",
        "{'kind': 'kfold', 'repeats': 0} | medtrans.split.repeats: found 0, allowed: a whole number"
            + " from 1 to 1000",
        "{'kind': 'kfold', 'seed': -1} | medtrans.split.seed: found -1",
        "{'kind': 'kfold', 'folds': 2.5} | medtrans.split.folds: found 2.5",
        "{'kind': 'grouped', 'repeats': 2} | medtrans.split.repeats: given with kind \"grouped\"",
      })
  void mistakesAreFoundBeforeAnythingIsMade(String split, String message) {
    set("medtrans.split", split.replace('\'', '"'));
    MedtransException e = assertThrows(MedtransException.class, this::runs);
    assertEquals(message, e.errors().get(0).message().substring(0, message.length()));
  }

  @Test
  void repetitionsAndTheMatrixCountToo() {
    set("medtrans.split", "{\"kind\": \"kfold\", \"folds\": 10}");
    set("experiment.repetitions", "50");
    assertEquals(500, runs().size());
    set("experiment.matrix", "[" + axis(3) + "]");
    MedtransException e = assertThrows(MedtransException.class, this::runs);
    assertTrue(e.getMessage().startsWith("medtrans.split.folds: 10 runs per point"), e::getMessage);
  }

  /** It was trained with images that this fold tests. */
  @ParameterizedTest
  @CsvSource({"training_params.restore_session", "training_params.restore_only_model"})
  void anEarlierModelOfAnotherFoldIsNoBeginning(String key) {
    set("medtrans.split", "{\"kind\": \"kfold\"}");
    set(key, "true");
    MedtransException e = assertThrows(MedtransException.class, this::runs);
    assertTrue(e.getMessage().startsWith("medtrans.split.fold: missing, with " + key));
  }

  @Test
  void aPhaseNamesItsFold() {
    set(
        "experiment.phases",
        "[{\"method\": \"simsiam\"}, {\"method\": \"supervised\","
            + " \"set\": {\"medtrans.split.kind\": \"kfold\"}}]");
    set("dataloader_params.trainloader.batch_size", "8");
    MedtransException e = assertThrows(MedtransException.class, this::runs);
    assertTrue(e.getMessage().startsWith("medtrans.split.fold: missing"), e::getMessage);
  }

  private static String axis(int entries) {
    return IntStream.range(0, entries)
        .mapToObj(i -> "{\"label\": \"%d\"}".formatted(i))
        .toList()
        .toString();
  }

  private static String folds(String more) {
    return IntStream.range(0, 5)
        .mapToObj(
            f ->
                "{\"label\": \"fold %d\", \"set\": {\"medtrans.split.kind\": \"kfold\","
                        .formatted(f)
                    + " \"medtrans.split.fold\": %d%s}}".formatted(f, more.formatted(f)))
        .toList()
        .toString();
  }
}
