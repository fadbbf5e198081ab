package org.medtransformers.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class IdlenessTest {
  @Test
  void busyTimeLeavesOutIdlingAndWaiting() {
    assertEquals(1.5, Idleness.busySeconds("cpu  100 20 20 900 800 5 5 0 0 0"));
  }
}
