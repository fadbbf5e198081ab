package org.medtransformers.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DocumentationTest {
  private static final Path PAGE = Path.of("..", "..", "docs", "experiment-file.md");

  @Test
  void everyKeyIsDocumented() throws IOException {
    Set<String> keys = new TreeSet<>();
    collect(RunSchema.run(), keys);
    collect(ExperimentRules.experiment(), keys);
    String page = Files.readString(PAGE);
    keys.removeIf(key -> page.matches("(?s).*\\b" + key + "\\b.*"));
    assertEquals(Set.of(), keys);
  }

  private static void collect(Rule rule, Collection<String> keys) {
    if (rule instanceof ObjectRule object) {
      object
          .keys()
          .forEach(
              (name, key) -> {
                keys.add(name);
                collect(key.rule(), keys);
              });
    } else if (rule instanceof OptimizerRule optimizer) {
      collect(optimizer.outline(), keys);
      optimizer.params().values().forEach(params -> collect(params, keys));
    } else if (rule instanceof SplitRule split) {
      split.kinds().values().forEach(kind -> collect(kind, keys));
    } else if (rule instanceof Rule.ListOf list) {
      collect(list.element(), keys);
    } else if (rule instanceof Rule.NotBuilt notBuilt) {
      collect(notBuilt.rule(), keys);
    } else if (rule instanceof ViewsRule views) {
      collect(views.view(), keys);
    } else if (rule instanceof MapOf map) {
      collect(map.value(), keys);
    } else if (rule instanceof AugmentationRule augmentation) {
      collect(augmentation.strategy(), keys);
    } else if (rule instanceof LooseListRule list) {
      collect(list.element(), keys);
    }
  }
}
