package org.medtransformers.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.cli.terminal.ExitCode;
import org.medtransformers.contracts.Json;
import org.medtransformers.imaging.phantom.PhantomDataset;

class BenchImagesTest extends CommandTest {
  private static final int IMAGES = 12;

  @ParameterizedTest
  @ValueSource(strings = {"supervised", "dino"})
  void augmentPrintsThePeersFieldsForAllImages(String pipeline) throws IOException {
    String[] command = {"bench", "augment", images().toString(), pipeline, "--rounds=1", "--force"};
    assertEquals(ExitCode.OK, medtrans(command), err.toString());
    assertIsRate(pipeline);
  }

  @Test
  void aLinkToTheFolderWillDo() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("linked"), images());
    String[] command = {"bench", "augment", link.toString(), "supervised", "--rounds=1", "--force"};
    assertEquals(ExitCode.OK, medtrans(command), err.toString());
    assertIsRate("supervised");
  }

  @Test
  void preparePrintsThePeersFieldsForAllImages() throws IOException {
    String[] command = {"bench", "prepare", images().toString(), "--threads=2", "--force"};
    assertEquals(ExitCode.OK, medtrans(command), err.toString());
    assertIsRate("prepare");
  }

  private void assertIsRate(String pipeline) {
    List<String> lines = out.toString().lines().toList();
    JsonNode rate = Json.parse(lines.get(lines.size() - 1));
    List<String> fields = new ArrayList<>();
    rate.fieldNames().forEachRemaining(fields::add);
    assertEquals(List.of("peer", "pipeline", "images", "images_per_s"), fields);
    assertEquals(pipeline, rate.get("pipeline").asText());
    assertEquals(IMAGES, rate.get("images").asInt());
    assertTrue(rate.get("images_per_s").asDouble() > 1, rate.toString());
  }

  @Test
  void aMissingOrEmptyFolderIsRefused() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Files.writeString(empty.resolve("notes.txt"), "no image");
    assertRefused(ExitCode.INVALID, "nowhere is no folder", "augment", "nowhere", "dino");
    assertRefused(ExitCode.INVALID, "nowhere is no folder", "prepare", "nowhere");
    assertRefused(ExitCode.INVALID, "no file whose name ends in .png", "augment", "empty", "dino");
    assertRefused(ExitCode.INVALID, "no file whose name ends in .png", "prepare", "empty");
  }

  @Test
  void aDamagedImageIsNamed() throws IOException {
    Path images = images();
    Files.writeString(images.resolve("damaged.jpg"), "no JPEG");
    String folder = images.toString();
    assertRefused(ExitCode.FAILED, "damaged.jpg", "augment", folder, "supervised", "--force");
    assertRefused(ExitCode.FAILED, "damaged.jpg", "prepare", folder, "--force");
  }

  @Test
  void wrongArgumentsAreNamed() {
    assertRefused(ExitCode.INVALID, "--threads", "augment", "x", "dino", "--threads=0");
    assertRefused(ExitCode.INVALID, "--rounds", "prepare", "x", "--rounds=0");
    assertRefused(ExitCode.INVALID, "byol", "augment", "x", "byol");
  }

  private void assertRefused(int exitCode, String message, String... arguments) {
    err.getBuffer().setLength(0);
    List<String> command = new ArrayList<>(List.of("bench"));
    command.addAll(List.of(arguments));
    assertEquals(exitCode, medtrans(command.toArray(String[]::new)), err.toString());
    assertTrue(err.toString().contains(message), err.toString());
    assertFalse(err.toString().contains("Exception"), err.toString());
    assertEquals("", out.toString());
  }

  private Path images() throws IOException {
    new PhantomDataset(IMAGES, 32, 1).write(folder);
    return folder.resolve("APTOS2019/train_images");
  }
}
