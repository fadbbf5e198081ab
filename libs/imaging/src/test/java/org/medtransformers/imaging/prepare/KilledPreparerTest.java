package org.medtransformers.imaging.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.imaging.TestSets;
import org.medtransformers.imaging.codec.ImageLimits;

/** Preparers in processes of their own, one of which is killed. */
class KilledPreparerTest {
  @TempDir Path location;
  @TempDir Path root;

  /** Prepares slowly, says so after ten images, prints the id at the end. */
  static final class Main {
    private Main() {}

    public static void main(String[] args) {
      Preparer preparer = new Preparer(Path.of(args[1]), ImageLimits.DEFAULT, 1, path -> false);
      String id =
          preparer
              .prepare(
                  TestSets.spec("APTOS2019", Path.of(args[0]), TestSets.RESIZE_20),
                  (done, total) -> {
                    if (done == 10) {
                      System.out.println("ten");
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

  @Test
  void killedPreparerLeavesNothingThatIsReadAndTheNextOneCleansUp() throws Exception {
    TestSets.phantom(location);
    Process process = start();
    try (BufferedReader out = output(process)) {
      assertEquals("ten", out.readLine());
      process.destroyForcibly().waitFor();
    }
    List<String> left = TestSets.entries(root);
    assertEquals(1, left.size(), left.toString());
    assertTrue(left.get(0).startsWith(".tmp-"), left.get(0));

    PreparedSet set =
        TestSets.prepared(TestSets.spec("APTOS2019", location, TestSets.RESIZE_20), root);
    assertEquals(List.of(set.dataset().id()), TestSets.entries(root));
    assertEquals(30, set.rows().size());
  }

  @Test
  void twoProcessesPrepareOneSet() throws Exception {
    TestSets.phantom(location);
    Process first = start();
    Process second = start();
    try (BufferedReader a = output(first);
        BufferedReader b = output(second)) {
      List<String> lines = new ArrayList<>(a.lines().toList());
      lines.addAll(b.lines().toList());
      lines.remove("ten");
      assertEquals(2, lines.size(), "the second process must not decode again: " + lines);
      assertEquals(lines.get(0), lines.get(1));
      assertEquals(List.of(lines.get(0)), TestSets.entries(root));
    }
    assertTrue(first.waitFor(10, TimeUnit.SECONDS) && second.waitFor(10, TimeUnit.SECONDS));
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            location.toString(),
            root.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static BufferedReader output(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }
}
