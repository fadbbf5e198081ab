package org.medtransformers.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.contracts.Json;

/** A folder of squares, and what may be wrong with a folder. */
class ParityTest {
  @TempDir Path folder;

  private final ObjectNode manifest = Json.mapper().createObjectNode();
  private final ArrayNode cases = manifest.putArray("cases");
  private final ObjectNode files = manifest.putObject("files");

  /** Group {@code squares}: squares the input. */
  private static final class Squares implements CaseRunner {
    @Override
    public String group() {
      return "squares";
    }

    @Override
    public void run(GoldenCase golden, Report report) {
      report.line(
          golden,
          comparison -> {
            JsonNode square = golden.read(Set.of("input", "expected"));
            double input = Numbers.one(square.path("input"), "input");
            comparison
                .section("expected", square.path("expected"))
                .compare("square", input * input);
          });
    }
  }

  @Test
  void aFolderThatIsMetPasses() throws IOException {
    addCase("squares", "three", square(3, 9));
    addCase("squares", "four", square(4, 16.05));
    addFile("README.md", "squares");
    addFile("squares/README.json", "{}");
    write();
    List<Verdict> verdicts = run(folder);
    assertEquals(new Verdict("squares", "three", 0, true, ""), verdicts.get(0));
    assertEquals(0.5, verdicts.get(1).worst(), 1e-9);
    assertTrue(verdicts.get(1).passed());
    assertEquals(2, verdicts.size());
  }

  @Test
  void aNumberThatDiffersFails() throws IOException {
    addCase("squares", "three", square(3, 8));
    assertEquals(List.of("three: expected.square[0] is 9.0, expected 8.0 ± 0.100"), failures());
  }

  @Test
  void aFolderWithoutManifestOrCasesFails() throws IOException {
    assertEquals(List.of("manifest.json: manifest.json is missing"), failuresOf(folder));
    assertEquals(List.of("manifest.json: no case is in the manifest"), failures());
    Files.writeString(folder.resolve("manifest.json"), "{\"cases\": [");
    assertTrue(failuresOf(folder).get(0).contains("manifest.json can not be read"));
    Files.writeString(folder.resolve("manifest.json"), "[]");
    assertTrue(failuresOf(folder).get(0).contains("allowed is an object"));
  }

  @Test
  void anUnknownGroupFails() throws IOException {
    addCase("cubes", "two", "{\"case\": \"two\"}");
    assertEquals(List.of("two: the group cubes is not known yet"), failures());
  }

  @Test
  void aFileThatNoCaseUsesFails() throws IOException {
    addCase("squares", "three", square(3, 9));
    addFile("squares/five.json", square(5, 25));
    assertEquals(List.of("five.json: no case uses it"), failures());
  }

  @Test
  void anotherGroupsFilesDoNotCountWhereOneGroupIsChosen() throws IOException {
    addCase("squares", "three", square(3, 9));
    addCase("cubes", "two", "{}");
    addFile("cubes/unused.bin", "x");
    write();
    List<Verdict> verdicts = new ArrayList<>();
    Parity parity = new Parity(List.of(new Squares()));
    parity.run(folder, Optional.of("squares"), new Report(verdicts::add));
    assertEquals(List.of(new Verdict("squares", "three", 0, true, "")), verdicts);
    parity.run(folder, Optional.of("spheres"), new Report(verdicts::add));
    assertEquals(
        "no case of the group spheres is in the manifest, which has cubes, squares",
        verdicts.get(1).message());
  }

  @Test
  void aFileThatDiffersFromTheManifestFails() throws IOException {
    addCase("squares", "three", square(3, 9));
    addCase("squares", "four", square(4, 16));
    Files.writeString(folder.resolve("squares/three.json"), square(4, 9));
    Files.writeString(folder.resolve("squares/four.json"), square(4, 16) + " ");
    List<String> failures = failures();
    assertTrue(failures.get(0).startsWith("three: squares/three.json has crc32"), failures.get(0));
    assertTrue(failures.get(1).startsWith("four: squares/four.json has bytes"), failures.get(1));
  }

  @Test
  void aMissingOrUnlistedFileFails() throws IOException {
    addCase("squares", "three", square(3, 9));
    addCase("squares", "four", square(4, 16));
    Files.delete(folder.resolve("squares/three.json"));
    files.remove("squares/four.json");
    List<String> failures = failures();
    assertTrue(failures.get(0).startsWith("three: squares/three.json can not be read"));
    assertEquals(
        "four: squares/four.json is not among the files of manifest.json", failures.get(1));
  }

  @Test
  void noFileOutsideTheFolderIsRead() throws IOException {
    Path outside = Files.writeString(folder.resolve("outside.json"), square(3, 9));
    folder = Files.createDirectory(folder.resolve("golden"));
    addCase("squares", "above", "../outside.json", square(3, 9));
    addCase("squares", "absolute", outside.toString(), square(3, 9));
    addCase("squares", "link", "squares/link.json", square(3, 9));
    Files.delete(folder.resolve("squares/link.json"));
    Files.createSymbolicLink(folder.resolve("squares/link.json"), outside);
    List<String> failures = failures();
    assertEquals(3, failures.size());
    failures.forEach(f -> assertTrue(f.endsWith("is no file inside the folder"), f));
  }

  @Test
  void aCaseListedTwiceFails() throws IOException {
    addCase("squares", "three", square(3, 9));
    cases.add(cases.get(0).deepCopy());
    assertEquals(List.of("three: listed twice in the manifest"), failures());
  }

  @Test
  void aCaseOfAnotherNameFails() throws IOException {
    addCase("squares", "four", "{\"case\": \"five\", \"input\": 4, \"expected\": {}}");
    assertEquals(
        List.of("four: case: found \"five\", allowed is four, as the manifest says"), failures());
  }

  @Test
  void aCaseThatIsNoJsonFails() throws IOException {
    addCase("squares", "deep", "[".repeat(100_000));
    addCase("squares", "text", "squares");
    List<String> failures = failures();
    assertEquals(2, failures.size());
    failures.forEach(f -> assertTrue(f.contains("can not be read"), f));
  }

  private List<String> failures() throws IOException {
    write();
    return failuresOf(folder);
  }

  private static List<String> failuresOf(Path folder) {
    return run(folder).stream()
        .filter(v -> !v.passed())
        .map(v -> v.name() + ": " + v.message())
        .toList();
  }

  private static List<Verdict> run(Path folder) {
    List<Verdict> verdicts = new ArrayList<>();
    Report report = new Report(verdicts::add);
    new Parity(List.of(new Squares())).run(folder, Optional.empty(), report);
    assertEquals(verdicts.stream().filter(Verdict::passed).count(), report.passed());
    assertEquals(verdicts.size() - report.passed(), report.failed());
    return verdicts;
  }

  private void write() throws IOException {
    Files.writeString(folder.resolve("manifest.json"), Json.write(manifest));
  }

  private void addCase(String group, String name, String text) throws IOException {
    addCase(group, name, group + "/" + name + ".json", text);
  }

  private void addCase(String group, String name, String file, String text) throws IOException {
    addFile(file, text);
    cases.addObject().put("group", group).put("case", name).put("file", file);
  }

  private void addFile(String name, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    CRC32 crc = new CRC32();
    crc.update(bytes);
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
    files.putObject(name).put("bytes", bytes.length).put("crc32", crc.getValue());
  }

  private static String square(double input, double expected) {
    return "{\"input\": %s, \"expected\": {\"square\": {\"expected\": %s, \"atol\": 0.1}}}"
        .formatted(input, expected);
  }
}
