package org.medtransformers.gateway.report.content;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.gateway.report.content.Study.Trained;

class StudiesTest {
  @Test
  void theImagesOfOneRoundOfACrossValidationAreAskedFor() {
    List<Trained> runs =
        TestStudy.comparison(2)
            .with("medtrans.split.kind", "kfold")
            .with("medtrans.split.folds", 3)
            .study()
            .runs();
    assertEquals(12, runs.size());
    runs.forEach(
        trained ->
            prepared(trained, "fold " + DataTraits.config(trained).medtrans().split().fold()));
    assertEquals(Set.of("fold 0"), Studies.shown(runs).keySet());
  }

  @Test
  void aRunThatHasTestedIsPreferred() {
    List<Trained> runs = TestStudy.comparison(1).study().runs();
    runs.get(0).run().testMetrics = null;
    assertEquals(List.of(runs.get(1).run()), List.copyOf(Studies.shown(runs).values()));
  }

  private static void prepared(Trained trained, String id) {
    PreparedDataset own = trained.run().prepared;
    trained.run().prepared =
        new PreparedDataset(
            id,
            own.description(),
            own.sizes(),
            own.leakingGroups(),
            own.split(),
            own.skipped(),
            own.warnings());
  }
}
