package org.medtransformers.service.event;

/** Processes have died of a record, as far as can be told: no further one is given it. */
final class DeadlyRecordException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DeadlyRecordException(int deaths) {
    super("%d processes in a row died while they had it in hand".formatted(deaths));
  }
}
