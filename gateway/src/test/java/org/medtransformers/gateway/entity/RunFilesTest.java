package org.medtransformers.gateway.entity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.config.RunFile;

class RunFilesTest {
  private static final String TEXT = "{\"training_params\":{\"model_name\":\"%s\"}}";

  private static RunEntity run(String modelName) {
    RunEntity run = new RunEntity();
    run.file(RunFile.parse(TEXT.formatted(modelName)));
    return run;
  }

  @Test
  void runsOfOneFileShareWhatWasParsed() {
    RunEntity first = run("shared");
    RunEntity repetition = run("shared");

    assertSame(first.file(), repetition.file());
    assertSame(first.file().config(), repetition.file().config());
  }

  @Test
  void aRunHasItsOwnFile() {
    assertEquals("one", run("one").file().config().training().modelName());
    assertEquals("other", run("other").file().config().training().modelName());
  }
}
