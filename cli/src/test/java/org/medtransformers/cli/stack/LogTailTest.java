package org.medtransformers.cli.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {
  @TempDir Path folder;

  private Path log() {
    return folder.resolve("a.log");
  }

  private void append(String text) throws IOException {
    Files.writeString(log(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Test
  void theEndComesFirstAndThenWholeLinesOnly() throws IOException {
    append("one\ntwo\nthree\n");
    LogTail tail = new LogTail(log(), "a | ");
    assertEquals(List.of("a | two", "a | three"), tail.last(2));
    assertEquals(List.of(), tail.news());
    append("fo");
    assertEquals(List.of(), tail.news());
    append("ur\nfive");
    assertEquals(List.of("a | four"), tail.news());
  }

  @Test
  void aLogThatWasEmptiedIsReadFromItsBeginning() throws IOException {
    append("a long first line\n");
    LogTail tail = new LogTail(log(), "");
    tail.last(10);
    Files.writeString(log(), "new\n");
    assertEquals(List.of("new"), tail.news());
  }

  @Test
  void aLogThatIsNotThereYetIsEmpty() throws IOException {
    LogTail tail = new LogTail(log(), "");
    assertEquals(List.of(), tail.last(10));
    append("first\n");
    assertEquals(List.of("first"), tail.news());
  }

  @Test
  void aLongLogIsReadFromItsEndAndABrokenFirstLineLeftOut() throws IOException {
    append("x".repeat(5 << 20) + "\nlast\n");
    assertEquals(List.of("last"), new LogTail(log(), "").last(10));
  }
}
