package org.medtransformers.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.medtransformers.cli.terminal.ExitCode;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.data.SplitSizes;
import org.medtransformers.contracts.tensor.Safetensors;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.experiment.ExperimentFile;
import org.medtransformers.files.Disk;
import org.medtransformers.files.RunManifest;
import org.medtransformers.files.SpentCheckpoints;
import org.medtransformers.learning.checkpoint.Checkpoint;
import org.medtransformers.learning.checkpoint.CheckpointStore;
import org.medtransformers.learning.model.Initializer;
import org.medtransformers.learning.model.ModelSpec;
import org.medtransformers.learning.training.LearnerFiles;
import org.medtransformers.learning.training.LearnerSpec;

class ExportCommandTest extends CommandTest {
  private static final String SHA = "0f1e2d";

  @Test
  void aRunIsExportedAsItWasEvaluatedUnlessToldOtherwise() throws IOException {
    Checkpoint best = run("run-1", "eyes", true).get(0);
    assertEquals(ExitCode.OK, export("run-1", "safetensors"), err::toString);
    assertWeightsOf(best, folder.resolve("eyes-run-1.safetensors"));

    Checkpoint last = run("run-2", "eyes", true).get(1);
    assertEquals(ExitCode.OK, export("run-2", "safetensors", "--checkpoint", "last"));
    assertWeightsOf(last, folder.resolve("eyes-run-2.safetensors"));

    Checkpoint unmarked = run("run-3", "eyes", false).get(1);
    assertEquals(ExitCode.OK, export("run-3", "safetensors"));
    assertWeightsOf(unmarked, folder.resolve("eyes-run-3.safetensors"));
    assertEquals(ExitCode.INVALID, export("run-3", "safetensors", "--checkpoint", "best"));
  }

  /**
   * As a run is left when its retention is over: the weights of its best model, and no last one.
   */
  @Test
  void aRunWhoseLastCheckpointWasRemovedIsExportedAsBefore() throws IOException {
    Checkpoint best = run("run-1", "eyes", true).get(0);
    Path checkpoints = best.folder().getParent();
    SpentCheckpoints.of(checkpoints, null).remove(new Disk());
    assertFalse(Files.exists(best.folder().resolve("optimizer.safetensors")));

    assertEquals(ExitCode.OK, export("run-1", "safetensors"), err::toString);
    assertWeightsOf(best, folder.resolve("eyes-run-1.safetensors"));
    assertEquals(ExitCode.INVALID, export("run-1", "safetensors", "--checkpoint", "last"));
    assertTrue(err.toString().contains("medtrans.retention"), err.toString());
  }

  @Test
  void theHeaderTellsWhereTheWeightsComeFromAndHowToFeedThem() throws IOException {
    Checkpoint best = run("run-1", "eyes", true).get(0);
    assertEquals(ExitCode.OK, export("run-1", "safetensors"));
    Map<String, String> card =
        Safetensors.read(folder.resolve("eyes-run-1.safetensors")).metadata();
    assertEquals("pt", card.get("format"));
    assertEquals("test_resnet", card.get("backbone"));
    assertEquals("[\"none\",\"mild\",\"severe\"]", card.get("classes"));
    assertEquals("[0.4,0.2,0.1]", card.get("mean"));
    assertEquals("run-1", card.get("run_id"));
    assertEquals(SHA, card.get("config_sha256"));
    assertEquals(best.folder().getFileName().toString(), card.get("checkpoint"));
  }

  @Test
  void aModelNameMeansItsLatestSuccess() throws IOException {
    Checkpoint wanted = run("newer", "eyes", true).get(0);
    run("older", "eyes", true);
    run("unfinished", "eyes", true);
    run("other", "lesions", true);
    succeeded("older", 1);
    succeeded("newer", 2);
    succeeded("other", 3);
    Files.createDirectories(runs().resolve("damaged"));
    Files.writeString(runs().resolve("damaged/run.json"), "{");
    Files.writeString(runs().resolve("damaged/results.json"), "{}");

    assertEquals(ExitCode.OK, export("eyes", "safetensors", "--output", "out"), err::toString);
    assertWeightsOf(wanted, folder.resolve("out"));
    assertEquals(ExitCode.INVALID, export("nobody", "safetensors"));
    assertTrue(err.toString().contains("nobody: no run in"), err.toString());
  }

  @Test
  void aPathMeansARunACheckpointItsWeightsOrACopyOfThem() throws IOException {
    List<Checkpoint> checkpoints = run("run-1", "eyes", true);
    Path last = checkpoints.get(1).folder();
    Path copy = Files.createDirectories(folder.resolve("copy"));
    Files.copy(last.resolve(LearnerFiles.MODEL), copy.resolve(LearnerFiles.MODEL));
    Files.copy(runs().resolve("run-1/run.json"), copy.resolve("run.json"));

    for (Path path : List.of(last, last.resolve(LearnerFiles.MODEL), copy)) {
      assertEquals(
          ExitCode.OK,
          export(path.toString(), "safetensors", "--output", "out", "--force"),
          err::toString);
      assertWeightsOf(checkpoints.get(1), folder.resolve("out"));
    }
    assertEquals(ExitCode.OK, export("home/runs/run-1", "safetensors", "--output", "of-run"));
    assertWeightsOf(checkpoints.get(0), folder.resolve("of-run"));
    assertEquals(ExitCode.INVALID, export(last.toString(), "safetensors", "--checkpoint", "best"));
    assertEquals(ExitCode.INVALID, export("home/runs", "safetensors"));
    assertTrue(err.toString().contains("neither a run's folder"), err.toString());
  }

  @Test
  void aFileThatExistsIsOverwrittenOnlyByForce() throws IOException {
    run("run-1", "eyes", true);
    Path file = Files.writeString(folder.resolve("mine"), "precious");
    assertEquals(ExitCode.INVALID, export("run-1", "torchscript", "--output", "mine"));
    assertTrue(err.toString().contains("--force"), err.toString());
    assertEquals("precious", Files.readString(file));

    assertEquals(ExitCode.OK, export("run-1", "torchscript", "--output", "mine", "--force"));
    try (ZipFile zip = new ZipFile(file.toFile())) {
      JsonNode card =
          Json.mapper().readTree(zip.getInputStream(zip.getEntry("x/extra/medtransformers.json")));
      assertEquals("run-1", card.get("run_id").asText());
    }
  }

  @Test
  void damagedWeightsAreNotExported() throws IOException {
    Checkpoint best = run("run-1", "eyes", true).get(0);
    Path weights = best.folder().resolve(LearnerFiles.MODEL);
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 1] ^= 1;
    Files.write(weights, bytes);

    assertEquals(ExitCode.FAILED, export("run-1", "safetensors"));
    assertTrue(err.toString().contains("model.safetensors has SHA-256"), err.toString());
    try (Stream<Path> left = Files.list(folder)) {
      assertFalse(left.anyMatch(p -> p.toString().contains("safetensors")));
    }
  }

  private int export(String run, String format, String... more) {
    Stream<String> arguments = Stream.of("export", run, "--format", format);
    return medtrans(Stream.concat(arguments, Stream.of(more)).toArray(String[]::new));
  }

  private Path runs() {
    return folder.resolve("home/runs");
  }

  private void succeeded(String id, long second) throws IOException {
    Path results = Files.writeString(runs().resolve(id).resolve("results.json"), "{}");
    Files.setLastModifiedTime(results, FileTime.from(Instant.ofEpochSecond(second)));
  }

  /** A run with two checkpoints, of which the first may be marked as the best. */
  private List<Checkpoint> run(String id, String modelName, boolean marked) throws IOException {
    ObjectNode document = (ObjectNode) Json.parse(Files.readString(experimentFile()));
    ((ObjectNode) document.get("training_params")).put("model_name", modelName);
    ((ObjectNode) document.get("model_params")).put("backbone_type", "test_resnet");
    document.remove("experiment");
    RunConfig config = ExperimentFile.read(document).runs().get(0).file().config();
    PreparedDataset prepared =
        new PreparedDataset("p", Samples.EYES, new SplitSizes(8, 4, 4), 0, null, 0, List.of());
    new RunManifest(id, 7, SHA, config, prepared, null).write(runs().resolve(id));
    ModelSpec spec = LearnerSpec.model(config, Samples.EYES);
    CheckpointStore store = new CheckpointStore(runs().resolve(id).resolve("checkpoints"), 3);
    return List.of(
        SavedModels.checkpoint(store, 1, marked, Initializer.initialise(spec, id.hashCode())),
        SavedModels.checkpoint(store, 2, false, Initializer.initialise(spec, id.hashCode() + 1)));
  }

  private static void assertWeightsOf(Checkpoint checkpoint, Path file) throws IOException {
    Map<String, Tensor> found = Safetensors.read(file).tensors();
    Map<String, Tensor> wanted = LearnerFiles.model(checkpoint.folder());
    assertEquals(wanted.size(), found.size());
    wanted.forEach(
        (name, tensor) -> assertEquals(tensor, found.get(name.replace("backbone.", "")), name));
  }
}
