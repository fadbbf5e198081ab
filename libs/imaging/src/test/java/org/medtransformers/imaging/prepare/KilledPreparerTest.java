package org.medtransformers.imaging.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.imaging.TestSets;
import org.medtransformers.imaging.codec.ImageLimits;

/** Preparers in processes of their own, one of which is killed. */
class KilledPreparerTest {
  @TempDir Path location;
  @TempDir Path root;

  /** Prepares slowly, tells when it has done as many images as asked, prints the id at the end. */
  static final class Main {
    private Main() {}

    public static void main(String[] args) {
      Preparer preparer = new Preparer(Path.of(args[1]), ImageLimits.DEFAULT, 1, path -> false);
      String id =
          preparer
              .prepare(
                  TestSets.spec(DatasetName.APTOS2019, Path.of(args[0]), TestSets.RESIZE_20),
                  (done, total) -> {
                    if (done == Integer.parseInt(args[2])) {
                      System.out.println("now");
                    }
                    sleep();
                  })
              .id();
      System.out.println(id);
    }

    private static void sleep() {
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** At the first image, in the midst of a part, at the end of one, and behind the last image. */
  @ParameterizedTest
  @ValueSource(ints = {1, 10, 21, 30})
  void killedPreparerLeavesNothingThatIsReadAndTheNextOneCleansUp(int image) throws Exception {
    TestSets.phantom(location);
    Process process = start(image);
    try (BufferedReader out = output(process)) {
      assertEquals("now", out.readLine());
      process.destroyForcibly().waitFor();
    }
    List<String> left = TestSets.entries(root);
    assertEquals(1, left.size(), left.toString());
    assertTrue(left.get(0).startsWith(".tmp-"), left.get(0));

    PreparedSet set =
        TestSets.prepared(TestSets.spec(DatasetName.APTOS2019, location, TestSets.RESIZE_20), root);
    assertEquals(List.of(set.dataset().id()), TestSets.entries(root));
    assertEquals(30, set.rows().size());
  }

  @Test
  void twoProcessesPrepareOneSet() throws Exception {
    TestSets.phantom(location);
    Process first = start(10);
    Process second = start(10);
    try (BufferedReader a = output(first);
        BufferedReader b = output(second)) {
      List<String> lines = new ArrayList<>(a.lines().toList());
      lines.addAll(b.lines().toList());
      lines.remove("now");
      assertEquals(2, lines.size(), "the second process must not decode again: " + lines);
      assertEquals(lines.get(0), lines.get(1));
      assertEquals(List.of(lines.get(0)), TestSets.entries(root));
    }
    assertTrue(first.waitFor(10, TimeUnit.SECONDS) && second.waitFor(10, TimeUnit.SECONDS));
  }

  /** As a kill between the two renames of a damaged set's replacement leaves them. */
  @Test
  void interruptedReplacementOfADamagedSetIsMadeUpFor() throws Exception {
    PrepareSpec spec =
        TestSets.spec(DatasetName.APTOS2019, TestSets.phantom(location), TestSets.RESIZE_20);
    String id = TestSets.prepared(spec, root).dataset().id();
    Path aside = Files.createDirectory(root.resolve(".tmp-" + id + "-1"));
    Files.move(root.resolve(id), aside.resolve("damaged"));
    Files.createDirectory(root.resolve(".tmp-" + id + "-2"));
    assertEquals(id, TestSets.prepared(spec, root).dataset().id());
    assertEquals(List.of(id), TestSets.entries(root));
  }

  private Process start(int image) throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            location.toString(),
            root.toString(),
            Integer.toString(image))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static BufferedReader output(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }
}
