package org.medtransformers.golden.imaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.contracts.Json;
import org.medtransformers.parity.Parity;
import org.medtransformers.parity.Report;
import org.medtransformers.parity.Verdict;

/** Images equal PIL's to the byte, tensors torchvision's, splits CPython's; and changes show. */
class GoldenCasesTest {
  private static final Path RESOURCES = Path.of("../libs/imaging/src/test/resources");
  private static final Path FOLDER = RESOURCES.resolve("golden");

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> theCaseGivesTheReferencesNumbers() {
    return run(FOLDER).stream()
        .map(
            v ->
                DynamicTest.dynamicTest(
                    v.group() + "/" + v.name(), () -> assertTrue(v.passed(), v.message())));
  }

  /** Made with {@code src/test/python/transform_cases.py --small --rounds 1 --seed 7}. */
  @TestFactory
  Stream<DynamicTest> randomArgumentsOnSmallestImagesGiveTorchvisionsPixels() {
    return run(RESOURCES.resolve("random")).stream()
        .map(v -> DynamicTest.dynamicTest(v.name(), () -> assertTrue(v.passed(), v.message())));
  }

  @Test
  void everyGroupOfThisLibraryTookPart() {
    assertEquals(
        Set.of("splits", "transforms"),
        run(FOLDER).stream().map(Verdict::group).collect(Collectors.toSet()));
  }

  @Test
  void anotherSplitFails() throws IOException {
    copy("splits/splits.json", golden -> first(golden, "splits", "crc32").put("val", 1));
    assertEquals(1, failures().size());
    copy("splits/splits.json", golden -> first(golden, "splits", "first12").putArray("val").add(1));
    assertEquals(1, failures().size());
    copy("splits/splits.json", golden -> ((ObjectNode) golden.get("splits").get(0)).put("x", 1));
    assertTrue(failures().get(0).message().contains("unknown key"));
  }

  @Test
  void anotherOperationFails() throws IOException {
    copy(
        "transforms/cases.json",
        golden -> {
          ArrayNode images = (ArrayNode) golden.get("images");
          JsonNode one = images.get(0);
          images.removeAll().add(one);
          ((ObjectNode) one).put("op", "hflip");
          JsonNode tensor = golden.get("tensors").get(0);
          ((ArrayNode) golden.get("tensors")).removeAll().add(tensor);
          ((ArrayNode) tensor.get("first10")).set(9, 0.5);
        });
    List<Verdict> failures = failures();
    assertEquals(2, failures.size());
    failures.forEach(failure -> assertFalse(failure.message().contains("read"), failure.message()));
  }

  private static ObjectNode first(ObjectNode golden, String list, String key) {
    return (ObjectNode) golden.get(list).get(0).get(key);
  }

  private List<Verdict> failures() {
    return run(folder).stream().filter(v -> !v.passed()).toList();
  }

  /** One case of the folder, changed, with the images that it may need. */
  private void copy(String file, Consumer<ObjectNode> change) throws IOException {
    ObjectNode golden = (ObjectNode) Json.parse(Files.readString(FOLDER.resolve(file)));
    change.accept(golden);
    String group = file.substring(0, file.indexOf('/'));
    Files.createDirectories(folder.resolve(group));
    Files.writeString(folder.resolve(file), Json.write(golden));
    ObjectNode manifest = Json.mapper().createObjectNode();
    manifest
        .putArray("cases")
        .addObject()
        .put("group", group)
        .put("case", golden.get("case").textValue())
        .put("file", file);
    ObjectNode files = manifest.putObject("files");
    list(files, file);
    for (JsonNode used : golden.findValues("input")) {
      image(files, group + "/" + used.asText());
    }
    for (JsonNode used : golden.findValues("expected")) {
      image(files, group + "/" + used.asText());
    }
    Files.writeString(folder.resolve("manifest.json"), Json.write(manifest));
  }

  private void image(ObjectNode files, String name) throws IOException {
    Files.write(folder.resolve(name), Files.readAllBytes(FOLDER.resolve(name)));
    list(files, name);
  }

  private void list(ObjectNode files, String name) throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve(name));
    CRC32 crc = new CRC32();
    crc.update(bytes);
    files.putObject(name).put("bytes", bytes.length).put("crc32", crc.getValue());
  }

  private static List<Verdict> run(Path folder) {
    List<Verdict> verdicts = new ArrayList<>();
    new Parity(ImagingCases.runners()).run(folder, Optional.empty(), new Report(verdicts::add));
    return verdicts;
  }
}
