package org.medtransformers.golden.imaging;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Set;
import org.medtransformers.imaging.Image;
import org.medtransformers.imaging.codec.ImageDecoder;
import org.medtransformers.imaging.codec.ImageLimits;
import org.medtransformers.imaging.transform.Operation;
import org.medtransformers.parity.CaseRunner;
import org.medtransformers.parity.Comparison;
import org.medtransformers.parity.GoldenCase;
import org.medtransformers.parity.Report;
import org.medtransformers.parity.Section;
import org.medtransformers.parity.Tolerance;

/** Group {@code transforms}: a line per image, equal to PIL's to the byte, and per tensor. */
record TransformCases() implements CaseRunner {
  private static final Set<String> KEYS =
      Set.of("made_with", "tolerance", "licence", "coordinates", "images", "tensors");

  @Override
  public String group() {
    return "transforms";
  }

  @Override
  public void run(GoldenCase golden, Report report) {
    JsonNode all = golden.read(KEYS);
    if (all.path("images").size() + all.path("tensors").size() == 0) {
      report.failure(golden.group(), golden.name(), "has no images and no tensors");
    }
    String folder = golden.file().substring(0, golden.file().lastIndexOf('/') + 1);
    for (JsonNode image : all.path("images")) {
      report.line(
          golden.group(),
          image.path("expected").asText("?"),
          comparison -> checkImage(golden, folder, image, comparison));
    }
    for (JsonNode tensor : all.path("tensors")) {
      report.line(
          golden.group(),
          tensor.path("op").asText("?") + " " + tensor.path("input").asText("?"),
          comparison -> checkTensor(golden, folder, tensor, comparison));
    }
  }

  private static void checkImage(
      GoldenCase golden, String folder, JsonNode node, Comparison comparison) {
    Section entry = comparison.section("image", node);
    String mode = entry.take("mode").asText();
    int channels = mode.equals("L") ? 1 : 3;
    Image image = decode(golden.folder().file(folder + entry.take("input").asText()), channels);
    Path file = golden.folder().file(folder + entry.take("expected").asText());
    Image expected = decode(file, channels);
    for (Operation operation : Operations.of(entry.take("op"), entry.take("args"), image)) {
      image = operation.apply(image);
    }
    comparison.equal("mode", mode, image.channels() == 1 ? "L" : "RGB");
    double[] size = {image.width(), image.height()};
    entry.compare("size_wh", size, Tolerance.EXACT);
    comparison.equal("difference", "", difference(expected, image));
  }

  private static void checkTensor(
      GoldenCase golden, String folder, JsonNode node, Comparison comparison) {
    Section entry = comparison.section("tensor", node);
    Path file = golden.folder().file(folder + entry.take("input").asText());
    int channels = entry.take("mean").size();
    new TensorCheck(entry, decode(file, channels)).run();
  }

  private static Image decode(Path file, int channels) {
    return new ImageDecoder(ImageLimits.DEFAULT).decode(file, channels);
  }

  private static String difference(Image expected, Image found) {
    if (!expected.toString().equals(found.toString())) {
      return found + " instead of " + expected;
    }
    int differing = 0;
    int largest = 0;
    for (int i = 0; i < expected.data().length; i++) {
      int d = Math.abs((expected.data()[i] & 0xFF) - (found.data()[i] & 0xFF));
      differing += d > 0 ? 1 : 0;
      largest = Math.max(largest, d);
    }
    return differing == 0 ? "" : differing + " values differ, by up to " + largest;
  }
}
