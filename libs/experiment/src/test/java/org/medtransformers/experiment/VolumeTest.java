package org.medtransformers.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.error.MedtransException;

/** How much all runs of an experiment may hold together. */
class VolumeTest {
  private ObjectNode document;

  @BeforeEach
  void aFileOfOneRun() throws IOException {
    document = ExperimentFileTest.everyKey();
    document.remove("experiment");
  }

  private long characters() {
    return ExperimentFile.read(document).runs().stream()
        .mapToLong(r -> r.file().text().length())
        .sum();
  }

  private String refusal(long most) {
    return assertThrows(MedtransException.class, () -> ExperimentFile.read(document, most))
        .getMessage();
  }

  @Test
  void theFilesOfAllRunsTogetherMayBeAsLongAsAllowedAndNotLonger() {
    document.putObject("experiment").put("repetitions", 3);
    long together = characters();
    assertEquals(3, ExperimentFile.read(document, together).runs().size());
    assertEquals(
        "experiment: found 3 runs with a resolved file of %d characters, and with those before them %d characters, allowed: %d in the resolved files of all runs together"
            .formatted(together / 3, together, together - 1),
        refusal(together - 1));
  }

  @Test
  void theRunsOfAllPointsRoundsAndPhasesCount() {
    ArrayNode axis = document.putObject("experiment").putArray("matrix").addArray();
    axis.addObject().put("label", "a");
    axis.addObject().put("label", "b").putObject("set").put("training_params.epochs", 3);
    document.withObject("/medtrans").putObject("split").put("kind", "kfold").put("folds", 4);
    ArrayNode phases = document.withObject("/experiment").putArray("phases");
    phases.addObject().put("method", "supervised");
    phases.addObject().put("method", "supervised");
    long together = characters();
    assertEquals(16, ExperimentFile.read(document, together).runs().size());
    refusal(together - 1);
  }

  @Test
  void aLongListInAThousandRunsIsRefusedBeforeItIsExpanded() {
    ((ObjectNode) document.get("dataset_params")).put("dataset", "CSV");
    ObjectNode csv = document.withObject("/medtrans").putObject("csv");
    csv.put("file", "labels.csv").put("image_column", "image");
    ArrayNode columns = csv.putArray("label_columns");
    for (int i = 0; i < 10_000; i++) {
      columns.add(
          "a finding that has a name of nearly eighty characters, and a number in it, " + i);
    }
    document.putObject("experiment").put("repetitions", 1000);
    assertTrue(
        refusal(16L << 20).startsWith("experiment: found 1000 runs with a resolved file of"),
        () -> refusal(16L << 20));
  }
}
