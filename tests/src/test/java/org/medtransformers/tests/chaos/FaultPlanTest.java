package org.medtransformers.tests.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FaultPlanTest {
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final Set<FaultKind> ALL = EnumSet.allOf(FaultKind.class);

  @Test
  void aSeedAlwaysGivesTheSameFaults() {
    assertEquals(FaultPlan.draw(7, 50, ALL, LONGEST), FaultPlan.draw(7, 50, ALL, LONGEST));
    assertNotEquals(
        FaultPlan.draw(7, 50, ALL, LONGEST).faults(), FaultPlan.draw(8, 50, ALL, LONGEST).faults());
  }

  @Test
  void aShorterPlanIsTheBeginningOfALongerOne() {
    assertEquals(
        FaultPlan.draw(7, 50, ALL, LONGEST).faults().subList(0, 20),
        FaultPlan.draw(7, 20, ALL, LONGEST).faults());
  }

  @Test
  void everyKindAndEveryTargetHasItsTurn() {
    List<Fault> faults = FaultPlan.draw(1, 2000, ALL, LONGEST).faults();
    Set<String> seen = new HashSet<>();
    faults.forEach(f -> seen.add(f.kind() + " " + f.target()));
    int possible = ALL.stream().mapToInt(kind -> kind.targets().size()).sum();
    assertEquals(possible, seen.size());
  }

  @Test
  void faultsFollowEachOtherAndLastAsLongAsTheyMay() {
    List<Fault> faults = FaultPlan.draw(3, 500, ALL, LONGEST).faults();
    for (int i = 1; i < faults.size(); i++) {
      assertTrue(faults.get(i).begins().compareTo(faults.get(i - 1).begins()) > 0);
    }
    for (Fault fault : faults) {
      assertEquals(fault.kind().lasting(), !fault.lasts().isZero(), fault::toString);
      assertTrue(fault.lasts().compareTo(LONGEST) <= 0, fault::toString);
    }
  }

  @Test
  void onlyTheKindsAskedForAreDrawn() {
    Set<FaultKind> some = EnumSet.of(FaultKind.KILL, FaultKind.DUPLICATES);
    FaultPlan.draw(3, 200, some, LONGEST)
        .faults()
        .forEach(fault -> assertTrue(some.contains(fault.kind()), fault::toString));
  }
}
