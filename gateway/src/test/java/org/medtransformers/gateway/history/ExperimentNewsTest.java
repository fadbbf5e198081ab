package org.medtransformers.gateway.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExperimentNewsTest {
  private final ExperimentNews news = new ExperimentNews();

  private List<String> heard(String experimentId) {
    List<String> heard = new ArrayList<>();
    news.of(experimentId).subscribe().with(heard::add);
    return heard;
  }

  @Test
  void everybodyWhoFollowsAnExperimentHearsOfItAndOfNoOther() {
    news.tell("a");
    List<String> one = heard("a");
    List<String> another = heard("a");
    List<String> elsewhere = heard("b");
    news.tell("a");
    news.tell("a");
    assertEquals(List.of("a", "a"), one);
    assertEquals(List.of("a", "a"), another);
    assertEquals(List.of(), elsewhere);
  }

  @Test
  void whoHasGoneHoldsUpNobody() {
    news.of("a").subscribe().with(id -> {}).cancel();
    List<String> still = heard("a");
    news.tell("a");
    assertEquals(List.of("a"), still);
  }
}
