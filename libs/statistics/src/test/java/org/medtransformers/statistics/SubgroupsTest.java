package org.medtransformers.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SubgroupsTest {
  @Test
  void imagesAreGroupedByValueAndAgesByBand() {
    List<Map<String, String>> attributes =
        List.of(
            Map.of("sex", "female", "age", "39.5"),
            Map.of("sex", "male", "age", "40"),
            Map.of("age", "60"),
            Map.of("sex", "female", "age", "unknown"),
            Map.of());
    assertEquals(
        Map.of(
            "age", Map.of("<40", List.of(0), "40-59", List.of(1), "60+", List.of(2)),
            "sex", Map.of("female", List.of(0, 3), "male", List.of(1))),
        Subgroups.of(attributes));
  }

  @Test
  void anAgeThatIsNoNumberHasNoBand() {
    assertEquals("", Subgroups.band("NaN"));
    assertEquals("", Subgroups.band(""));
  }
}
