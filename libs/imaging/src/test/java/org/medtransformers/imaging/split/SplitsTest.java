package org.medtransformers.imaging.split;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

class SplitsTest {
  @TempDir Path folder;

  @Test
  void storedSplitKeepsItsOrderAndHalvesTheHeldOut() throws IOException {
    Splits splits = stored("{\"train_split\": [9,0,2,4,6,8,1], \"val_split\": [7,3,5]}", 10, 0.3);
    assertEquals(List.of(9, 0, 2, 4, 6, 8, 1), splits.train());
    assertEquals(List.of(7), splits.val());
    assertEquals(List.of(3, 5), splits.test());
  }

  @Test
  void bareListHoldsOutAndTheRestTrains() throws IOException {
    Splits splits = stored("[7, 3, 5]", 10, 0.3);
    assertEquals(List.of(0, 1, 2, 4, 6, 8, 9), splits.train());
    assertEquals(List.of(7), splits.val());
    assertEquals(List.of(3, 5), splits.test());
  }

  @Test
  void storedSplitThatDoesNotFitIsRefusedWithTheReason() {
    refused("[7, 3]", "holds out 2");
    refused("[7, 3, 10]", "image 10 of 0 to 9");
    refused("[7, 3, 7]", "image 7 twice");
    refused("{\"train_split\": [0,1,2,4,6,8], \"val_split\": [7,3,5]}", "trains on 6");
    refused("[7, 3, 1.5]", "1.5");
    refused("{\"val_split\": 3}", "must be");
    refused("[7, 3", "cannot be read");
  }

  @Test
  void hugeImageNumberCostsNoMemory() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    refused("[2147483647]", "image 2147483647 of 0 to 9");
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(bytes < 64 << 20, bytes + " bytes");
  }

  private void refused(String json, String reason) {
    MedtransException e = assertThrows(MedtransException.class, () -> stored(json, 10, 0.3), json);
    assertEquals(ErrorCode.DATASET_INVALID, e.code());
    assertTrue(e.getMessage().contains(reason), e.getMessage());
  }

  private Splits stored(String json, int size, double share) throws IOException {
    return SeedCompatibleSplit.stored(
        Files.writeString(folder.resolve("val_ids.json"), json), size, share);
  }

  @Test
  void groupLeaksWhenTwoPartsShareIt() {
    Splits splits = new Splits(List.of(0, 1, 2), List.of(3), List.of(4, 5));
    assertEquals(2, splits.leakingGroups(List.of("a", "b", "", "a", "b", "c")));
    assertEquals(0, splits.leakingGroups(List.of("a", "a", "", "", "b", "c")));
  }
}
