package org.medtransformers.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.medtransformers.cli.terminal.ExitCode;
import org.medtransformers.contracts.Json;
import org.medtransformers.imaging.phantom.PhantomDataset;

class DataCheckCommandTest extends CommandTest {
  private Path images;

  @BeforeEach
  void draw() throws IOException {
    new PhantomDataset(30, 64, 1).write(folder.resolve("data"));
    images = folder.resolve("data/APTOS2019/train_images");
  }

  private void copy(String from, String to) throws IOException {
    Files.write(images.resolve(to + ".png"), Files.readAllBytes(images.resolve(from + ".png")));
  }

  @Test
  void aCleanFolderIsOneCalmPageAndNothingIsPrepared() {
    assertEquals(ExitCode.OK, medtrans("data", "check", "data"), err.toString());
    String page = out.toString();
    assertTrue(page.startsWith("APTOS2019 in " + folder.resolve("data/APTOS2019")), page);
    assertTrue(page.contains("all               21     4    5     30"), page);
    assertTrue(page.contains("Proliferative DR"), page);
    assertTrue(page.contains("seed-compatible (seed 42, share 0.3)"), page);
    assertTrue(page.contains("\nNo problem was found.\n"), page);
    assertFalse(Files.exists(folder.resolve("home")), "something was written");
  }

  @Test
  void anExperimentFileIsCheckedWithEachOfItsDivisionsAndProblemsFail() throws IOException {
    for (int i = 1; i < 30; i++) {
      copy("phantom_00000", "phantom_%05d".formatted(i));
    }
    Path file = experimentFile();
    assertEquals(
        ExitCode.FAILED,
        medtrans(
            "data",
            "check",
            file.toString(),
            "--data_location",
            "data",
            "--set",
            "experiment.matrix=[[{\"label\": \"0\", \"set\": {\"medtrans.split\":"
                + " {\"kind\": \"kfold\", \"fold\": 0}}}, {\"label\": \"1\", \"set\":"
                + " {\"medtrans.split\": {\"kind\": \"kfold\", \"fold\": 1}}}]]"),
        err.toString());
    String pages = out.toString();
    assertTrue(pages.contains("kfold (fold 0, folds 5, seed 42)"), pages);
    assertTrue(pages.contains("kfold (fold 1, folds 5, seed 42)"), pages);
    assertTrue(pages.contains("1 in 30 images; across parts 1, with different labels 1"), pages);
    assertTrue(pages.contains("Problems:\n- APTOS2019: image files in more than one part"), pages);
    assertEquals(pages.indexOf("fold 1"), pages.lastIndexOf("fold 1"), "each set once: " + pages);
  }

  @Test
  void theSameAsJson() throws IOException {
    copy("phantom_00000", "phantom_00001");
    Files.writeString(images.resolve("phantom_00002.png"), "no image");
    assertEquals(ExitCode.FAILED, medtrans("data", "check", "data", "--json"));
    JsonNode reports = Json.parse(out.toString());
    assertEquals(1, reports.size());
    JsonNode report = reports.get(0);
    assertEquals(1, report.at("/duplicates/files").asInt());
    assertEquals(1, report.get("unreadable").asInt());
    assertEquals(29, sum(report.get("images")));
    assertEquals("64 x 64", report.at("/sizes/usual").asText());
  }

  private static int sum(JsonNode numbers) {
    int sum = 0;
    for (JsonNode number : numbers) {
      sum += number.asInt();
    }
    return sum;
  }

  @Test
  void whatIsNoFolderAndNoFileIsWrongUsage() {
    assertEquals(ExitCode.INVALID, medtrans("data", "check", "nothing"));
    assertTrue(err.toString().contains("nothing: there is no such file"), err.toString());
  }
}
