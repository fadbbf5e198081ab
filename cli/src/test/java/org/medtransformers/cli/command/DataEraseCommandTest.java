package org.medtransformers.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medtransformers.cli.terminal.ExitCode;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.erasure.DataErasure;
import org.medtransformers.contracts.erasure.Erasure;

class DataEraseCommandTest extends CommandTest {
  private static final String PATIENT = "patient 3/7";

  private static Erasure erasure(boolean dryRun, boolean done, String... failures) {
    return new Erasure(
        dryRun,
        done,
        List.of(new DataErasure.Found("0a1b", "APTOS2019", 3, List.of("train_images/x.png"))),
        List.of(new Erasure.Run("r1", "resnet18", 3)),
        List.of("/data: train_images/x.png"),
        List.of("weights"),
        List.of(failures));
  }

  private int erase(String... more) {
    List<String> all = new ArrayList<>(List.of("data", "erase", "--group", PATIENT));
    all.addAll(List.of("--gateway", gateway.url()));
    all.addAll(List.of(more));
    return medtrans(all.toArray(String[]::new));
  }

  private void answer(Erasure erasure) {
    gateway.on("POST /api/v1/erasures", 200, erasure);
  }

  @Test
  void whatWouldGoAndWhatStaysIsShown() {
    answer(erasure(true, false));
    assertEquals(ExitCode.OK, erase("--dry-run"));
    assertEquals(
        """
        Prepared data sets that would go, to be prepared again without:
          0a1b APTOS2019: 3 images
        Runs whose predictions, maps and pictures of them would go:
          r1 resnet18: 3 images
        Originals, which stay where they are:
          /data: train_images/x.png
        What else stays:
          weights
        """,
        out.toString());
  }

  @Test
  void whatWasErasedIsToldAsJsonToo() {
    answer(erasure(false, true));
    assertEquals(ExitCode.OK, erase("--yes", "--json"));
    assertEquals(erasure(false, true), Json.read(out.toString(), Erasure.class));
  }

  @Test
  void whatIsNotDoneYetIsAFailureThatSaysWhy() {
    answer(erasure(false, false, "data-service does not answer"));
    assertEquals(ExitCode.FAILED, erase("--yes"));
    assertTrue(
        err.toString().contains("not done yet: data-service does not answer"), err.toString());
  }

  @Test
  void whereNobodyCanBeAskedNothingIsErasedUnlessItIsSaid() {
    assertEquals(2, erase());
    assertTrue(err.toString().contains("--yes"), err.toString());
    assertFalse(err.toString().contains("answer"), err.toString());
  }

  @Test
  void aGroupAndAnImageAtOnceAreWrongUsage() {
    assertEquals(2, erase("--image", "x", "--yes"));
  }

  @Test
  void anUnknownDataSetIsRefusedNamingThoseThereAre() {
    assertEquals(2, erase("--dataset", "APTOS", "--yes"));
    assertTrue(err.toString().contains("APTOS2019"), err.toString());
  }
}
