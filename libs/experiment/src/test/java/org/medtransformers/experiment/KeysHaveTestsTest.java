package org.medtransformers.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.Json;

/**
 * Every key of the experiment file has a test in which another value of it changes something, or a
 * notice that it changes nothing. {@code tests-of-keys.properties} names the tests, of whatever
 * module; here it is held against the keys and against the sources of the tests.
 */
class KeysHaveTestsTest {
  private static final Path ROOT = Path.of("..", "..");

  private static Map<String, String> tests;
  private static Map<String, Path> sources;

  @BeforeAll
  static void read() throws IOException {
    Properties lines = new Properties();
    try (InputStream in =
        KeysHaveTestsTest.class.getResourceAsStream("/experiment/tests-of-keys.properties")) {
      lines.load(in);
    }
    tests = new TreeMap<>();
    lines.forEach((key, test) -> tests.put((String) key, (String) test));
    sources = new HashMap<>();
    try (Stream<Path> modules = Files.walk(ROOT, 2)) {
      for (Path folder : modules.map(m -> m.resolve("src/test/java")).toList()) {
        collectSources(folder);
      }
    }
  }

  /** By the names of their classes. */
  private static void collectSources(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .filter(file -> file.toString().endsWith(".java"))
          .forEach(
              file -> {
                String name = folder.relativize(file).toString().replace('/', '.');
                sources.put(name.substring(0, name.length() - ".java".length()), file);
              });
    }
  }

  @Test
  void everyKeyIsListedAndNoneThatIsGone() {
    Set<String> expected = new TreeSet<>(KeyPaths.all());
    expected.removeAll(KeyPaths.withoutEffect());
    assertFalse(expected.isEmpty());
    Set<String> missing = new TreeSet<>(expected);
    missing.removeAll(tests.keySet());
    assertEquals(Set.of(), missing, "keys without a test in which they change something");
    Set<String> gone = new TreeSet<>(tests.keySet());
    gone.removeAll(expected);
    assertEquals(Set.of(), gone, "no keys, or keys without effect");
  }

  @Test
  void everyTestThatIsListedIsThereAndNamesItsKey() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Map.Entry<String, String> line : tests.entrySet()) {
      if (!names(line.getValue(), line.getKey())) {
        wrong.add(line.toString());
      }
    }
    assertEquals(List.of(), wrong);
  }

  /** Whether the test is one, and its class names the last part of the key as a file writes it. */
  private static boolean names(String test, String key) throws IOException {
    String[] parts = test.split("#", -1);
    Path source = sources.get(parts[0]);
    if (parts.length != 2 || source == null) {
      return false;
    }
    String text = Files.readString(source);
    String name = key.substring(key.lastIndexOf('.') + 1);
    return isTest(text, parts[1])
        && Pattern.compile("\\b" + Pattern.quote(name) + "\\b").matcher(text).find();
  }

  /** Whether {@code @Test} or its like stands between the member before and the method. */
  private static boolean isTest(String text, String method) {
    int at = text.indexOf(" void " + method + "(");
    return at >= 0 && text.substring(text.lastIndexOf("\n  }\n", at) + 1, at).contains("Test\n");
  }

  @Test
  void everyKeyWithoutEffectIsTold() throws IOException {
    for (String key : KeyPaths.withoutEffect()) {
      ObjectNode document = ExperimentFileTest.everyKey();
      String path = key;
      if (key.startsWith(KeyPaths.VIEW)) {
        path = key.replace(KeyPaths.VIEW, "dataset_params.train_transforms");
        Overrides.set(document, path.replaceFirst("\\.[^.]*$", ".apply"), Json.tree(true));
      }
      Overrides.set(document, path, Json.tree(1));
      Findings findings = new Findings();
      RunSchema.run().resolve("", document, findings, false);
      assertTrue(findings.notices().get(0).contains(path), key);
    }
  }
}
