package org.medtransformers.imaging.split;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import java.util.zip.CRC32;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.imaging.Golden;

class GoldenSplitsTest {
  private static final JsonNode GOLDEN = Golden.json("splits/splits.json");

  @TempDir Path folder;

  @Test
  void generatorGivesCpythonsBits() {
    MersenneTwister twister = new MersenneTwister(42);
    for (JsonNode bits : GOLDEN.path("mt19937_seed42_first8_uint32")) {
      assertEquals(bits.asLong(), Integer.toUnsignedLong(twister.nextBits()));
    }
  }

  @TestFactory
  List<DynamicTest> splitIsTheReferences() {
    return StreamSupport.stream(GOLDEN.path("splits").spliterator(), false)
        .map(
            s ->
                dynamicTest(
                    s.path("total_size").asInt() + " with " + s.path("val_size").asDouble(),
                    () -> check(s)))
        .toList();
  }

  private static void check(JsonNode golden) {
    Splits splits =
        SeedCompatibleSplit.shuffled(
            golden.path("total_size").asInt(), golden.path("val_size").asDouble());
    for (Split split : Split.values()) {
      List<Integer> actual = splits.of(split);
      String name = split.label();
      assertEquals(golden.path("sizes").path(name).asInt(), actual.size());
      assertEquals(golden.path("crc32").path(name).asLong(), crc(actual), name);
      JsonNode first = golden.path("first12").path(name);
      for (int i = 0; i < first.size(); i++) {
        assertEquals(first.path(i).asInt(), actual.get(i));
      }
    }
  }

  private static long crc(List<Integer> ids) {
    CRC32 crc = new CRC32();
    String joined = ids.stream().map(String::valueOf).collect(Collectors.joining(","));
    crc.update(joined.getBytes(StandardCharsets.UTF_8));
    return crc.getValue();
  }

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
