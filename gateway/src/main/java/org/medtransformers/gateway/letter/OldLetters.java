package org.medtransformers.gateway.letter;

import jakarta.inject.Singleton;
import java.time.Duration;
import org.medtransformers.service.config.MedtransConfig;
import org.medtransformers.service.database.OldRows;

/** Letters that somebody replayed or dropped so long ago that the broker has none of them left. */
@Singleton
final class OldLetters implements OldRows {
  private final LetterTable table;
  private final Duration memory;

  OldLetters(LetterTable table, MedtransConfig config) {
    this.table = table;
    this.memory = config.inbox().memory();
  }

  @Override
  public int forget(int limit) {
    return table.forget(memory, limit);
  }
}
