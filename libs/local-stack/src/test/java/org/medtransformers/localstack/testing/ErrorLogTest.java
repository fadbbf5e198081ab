package org.medtransformers.localstack.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class ErrorLogTest {
  private final ErrorLog log = new ErrorLog();

  @Test
  void onlyErrorsThatNobodyExpectsAreTold() {
    log(Level.WARNING, "a warning", null);
    log(Level.SEVERE, "cannot reach the broker", null);
    log(Level.SEVERE, "it failed", new IllegalStateException("for a reason"));
    List<String> told = log.takeUnexpected(List.of("the broker"));
    assertEquals(1, told.size());
    assertTrue(told.get(0).contains("for a reason"), told.get(0));
  }

  @Test
  void eachIsToldOnce() {
    log(Level.SEVERE, "it failed", null);
    assertEquals(1, log.takeUnexpected(List.of()).size());
    assertEquals(List.of(), log.takeUnexpected(List.of()));
  }

  @Test
  void theBrokerIsNotTheService() {
    log("kafka.server.ControllerApis", Level.SEVERE, "restarted", null);
    log("org.apache.kafka.controller.QuorumController", Level.SEVERE, "restarted", null);
    assertEquals(List.of(), log.takeUnexpected(List.of()));
    log("org.apache.kafka.clients.producer.KafkaProducer", Level.SEVERE, "too large", null);
    assertEquals(1, log.takeUnexpected(List.of()).size());
  }

  private void log(Level level, String message, Throwable thrown) {
    log("org.medtransformers.Any", level, message, thrown);
  }

  private void log(String logger, Level level, String message, Throwable thrown) {
    LogRecord entry = new LogRecord(level, message);
    entry.setThrown(thrown);
    entry.setLoggerName(logger);
    log.publish(entry);
  }
}
