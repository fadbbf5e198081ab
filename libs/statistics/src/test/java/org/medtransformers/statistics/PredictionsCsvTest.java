package org.medtransformers.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class PredictionsCsvTest {
  private static final List<PredictedImage> IMAGES =
      List.of(
          new PredictedImage("a, \"b\"\nc", "", List.of(1), List.of(0), List.of(1 / 3.0, 2 / 3.0)),
          new PredictedImage("=1+1", "-p", List.of(0), List.of(0), List.of(0.5, 0.5)),
          new PredictedImage("d", "p1", List.of(), List.of(0, 1), List.of(1e-300, 0.1f * 1.0)));

  @Test
  void whatIsWrittenIsReadAgain() {
    assertEquals(IMAGES, PredictionsCsv.read(PredictionsCsv.write(IMAGES, 2)));
  }

  @Test
  void aTableProgramFindsTheColumns() {
    String csv = PredictionsCsv.write(IMAGES.subList(1, 3), 2);
    assertTrue(csv.startsWith("image,group,label,prediction,probability_0,probability_1\n"), csv);
    assertTrue(csv.contains("\n\"'=1+1\",\"'-p\",0,0,0.5,0.5\n"), csv);
    assertTrue(csv.contains("\nd,p1,,0;1,1.0E-300,"), csv);
  }

  @Test
  void whatIsNoSuchFileIsRefusedByLine() {
    assertThrows(IllegalArgumentException.class, () -> PredictionsCsv.read("index,label\n1,2\n"));
    String broken = PredictionsCsv.write(IMAGES, 2).replace("1.0E-300", "much");
    var found = assertThrows(IllegalArgumentException.class, () -> PredictionsCsv.read(broken));
    assertTrue(found.getMessage().startsWith("image 3"), found.getMessage());
  }
}
