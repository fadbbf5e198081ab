package org.medtransformers.gateway.entity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RunContactTest {
  private static final Instant START = Instant.parse("2026-05-04T03:02:01Z");
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private final RunContact contact = new RunContact();

  @Test
  void patienceEndsWhenItIsOverAndNotBefore() {
    contact.asked(START);
    Instant over = START.plus(PATIENCE);
    assertFalse(contact.unanswered(PATIENCE, over.minusNanos(1)));
    assertTrue(contact.unanswered(PATIENCE, over));
  }

  @Test
  void itIsCountedFromTheFirstQuestionThatWasNotAnswered() {
    contact.asked(START);
    contact.asked(START.plusSeconds(60));
    assertEquals(START, contact.unansweredSince);
    assertEquals(START.plusSeconds(60), contact.last());
  }

  @Test
  void anAnswerClosesAllQuestions() {
    contact.asked(START);
    contact.heard(START.plusSeconds(1));
    assertFalse(contact.unanswered());
    assertFalse(contact.unanswered(PATIENCE, START.plus(PATIENCE)));
    assertEquals(START.plusSeconds(1), contact.last());
  }

  @Test
  void whoAsksAfreshHasAllThePatienceAgain() {
    contact.asked(START);
    contact.askedAfresh(START.plusSeconds(60));
    assertEquals(START.plusSeconds(60), contact.unansweredSince);
  }
}
