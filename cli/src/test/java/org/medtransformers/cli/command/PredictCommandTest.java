package org.medtransformers.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.medtransformers.cli.terminal.ExitCode;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.data.SplitSizes;
import org.medtransformers.contracts.loader.LoaderSpec;
import org.medtransformers.contracts.tensor.PixelViews;
import org.medtransformers.contracts.tensor.Safetensors;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.experiment.ExperimentFile;
import org.medtransformers.files.RunManifest;
import org.medtransformers.imaging.batch.Batcher;
import org.medtransformers.imaging.codec.ImageLimits;
import org.medtransformers.imaging.dataset.DatasetListing;
import org.medtransformers.imaging.dataset.Sample;
import org.medtransformers.imaging.phantom.PhantomDataset;
import org.medtransformers.imaging.prepare.PrepareSpec;
import org.medtransformers.imaging.prepare.PreparedSet;
import org.medtransformers.imaging.prepare.PreparedStore;
import org.medtransformers.imaging.prepare.Preparer;
import org.medtransformers.imaging.split.Splits;
import org.medtransformers.learning.checkpoint.CheckpointStore;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.engine.TorchEngine;
import org.medtransformers.learning.model.Initializer;
import org.medtransformers.learning.network.Network;
import org.medtransformers.learning.training.LearnerSpec;
import org.medtransformers.statistics.ClassProbabilities;

class PredictCommandTest extends CommandTest {
  private static final int IMAGES = 7;

  private List<Path> files;

  @BeforeEach
  void drawImages() throws IOException {
    new PhantomDataset(IMAGES, 96, 3).write(folder.resolve("phantom"));
    try (var drawn = Files.walk(folder.resolve("phantom"))) {
      files = drawn.filter(f -> f.toString().endsWith(".png")).sorted().toList();
    }
  }

  @Test
  void anImageIsClassifiedAsInAnEvaluationOfThePreparedTestSplit() throws IOException {
    Map<String, Tensor> weights = run("run-1", "supervised");
    Path images = Files.createDirectories(folder.resolve("images/deeper")).getParent();
    for (int i = 0; i < IMAGES; i++) {
      Files.copy(files.get(i), images.resolve((i < 4 ? "" : "deeper/") + i + ".png"));
    }
    Files.writeString(images.resolve(".hidden.png"), "no image");
    Files.writeString(images.resolve("notes.txt"), "no image");

    assertEquals(ExitCode.OK, predict("run-1", "images", "--csv", "out.csv"), err::toString);
    List<String> lines = Files.readAllLines(folder.resolve("out.csv"));
    assertEquals(
        "image,prediction,probability:none,probability:mild,probability:severe", lines.get(0));
    List<double[]> evaluated = evaluated(weights);
    assertEquals(IMAGES + 1, lines.size());
    for (int i = 0; i < IMAGES; i++) {
      String[] line = lines.get(i + 1).split(",");
      assertEquals("images/" + (i < 4 ? "" : "deeper/") + i + ".png", line[0]);
      double[] found = Arrays.stream(line).skip(2).mapToDouble(Double::parseDouble).toArray();
      for (int c = 0; c < found.length; c++) {
        assertEquals(evaluated.get(i)[c], found[c], 1e-6, line[0]);
      }
      int largest = IntStream.range(0, 3).reduce(0, (a, b) -> found[b] > found[a] ? b : a);
      assertEquals(List.of("none", "mild", "severe").get(largest), line[1]);
      assertTrue(
          out.toString().contains("%.4f".formatted(found[largest])), "probability in the table");
    }
  }

  @Test
  void aDamagedImageIsNamedAndTheOthersAreClassified() throws IOException {
    run("run-1", "supervised");
    Files.writeString(folder.resolve("bad.png"), "no image");
    int code =
        predict(
            "run-1", files.get(0).toString(), "bad.png", files.get(1).toString(), "--csv", "o.csv");
    assertEquals(ExitCode.FAILED, code);
    assertTrue(err.toString().contains("bad.png cannot be read"), err.toString());
    assertEquals(3, Files.readAllLines(folder.resolve("o.csv")).size());
  }

  @Test
  void whatCannotBeClassifiedIsRefused() throws IOException {
    run("run-1", "supervised");
    assertEquals(ExitCode.INVALID, predict("run-1", "nowhere"));
    assertTrue(err.toString().contains("nowhere: there is no such file"), err.toString());
    Files.createDirectories(folder.resolve("empty"));
    assertEquals(ExitCode.INVALID, predict("run-1", "empty", "--csv", "out.csv"));
    assertEquals(ExitCode.INVALID, predict("nobody", files.get(0).toString()));
    run("run-2", "dino");
    assertEquals(ExitCode.INVALID, predict("run-2", files.get(0).toString(), "--csv", "out.csv"));
    assertTrue(err.toString().contains("has no classifier"), err.toString());
    assertFalse(Files.exists(folder.resolve("out.csv")));
  }

  private int predict(String... arguments) {
    List<String> all = new ArrayList<>(List.of("predict"));
    all.addAll(List.of(arguments));
    return medtrans(all.toArray(String[]::new));
  }

  /** Probabilities of the prepared images, batch by batch as the data-service serves them. */
  private List<double[]> evaluated(Map<String, Tensor> weights) {
    RunConfig config = config("supervised");
    List<Sample> samples =
        files.stream().map(f -> new Sample(f.getFileName().toString(), f, 0, "")).toList();
    List<Integer> all = IntStream.range(0, IMAGES).boxed().toList();
    DatasetListing listing =
        new DatasetListing(
            Samples.EYES,
            folder,
            List.of(),
            samples,
            new Splits(all.subList(0, 1), List.of(), all));
    Path root = folder.resolve("prepared");
    String id =
        new Preparer(root, ImageLimits.DEFAULT, 1, path -> true)
            .prepare(
                new PrepareSpec(config.dataset(), config.medtrans()), listing, (done, total) -> {})
            .id();
    LoaderSpec loader =
        new LoaderSpec(id, Split.TEST, config.dataset().testTransforms(), 3, false, false, 0);
    Batcher batcher = new Batcher(PreparedSet.open(new PreparedStore(root).folder(id)), loader);
    TorchEngine.start(1);
    List<double[]> found = new ArrayList<>();
    try (Network network =
        Network.of(LearnerSpec.model(config, Samples.EYES), weights, TorchDevice.CPU)) {
      for (int b = 0; b < batcher.info().batches(); b++) {
        Safetensors batch = batcher.batch(0, b);
        double[] logits = network.evaluate(PixelViews.floats(batch, 0)).logits().doubles();
        for (int i = 0; i < logits.length; i += 3) {
          found.add(
              ClassProbabilities.of(Samples.EYES.task(), Arrays.copyOfRange(logits, i, i + 3)));
        }
      }
    }
    return found;
  }

  private RunConfig config(String method) {
    try {
      ObjectNode document = (ObjectNode) Json.parse(Files.readString(experimentFile()));
      document.remove("experiment");
      ((ObjectNode) document.get("model_params")).put("backbone_type", "test_resnet");
      RunConfig config = ExperimentFile.read(document).runs().get(0).file().config();
      ObjectNode tree = (ObjectNode) Json.tree(config);
      ((ObjectNode) tree.get("medtrans")).put("method", method);
      return Json.convert(tree, RunConfig.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A run's folder with a single checkpoint, and the weights in it. */
  private Map<String, Tensor> run(String id, String method) throws IOException {
    RunConfig config = config(method);
    PreparedDataset prepared =
        new PreparedDataset("p", Samples.EYES, new SplitSizes(8, 4, 4), 0, null, 0, List.of());
    Path run = folder.resolve("home/runs").resolve(id);
    new RunManifest(id, 7, "0f", config, prepared, null).write(run);
    boolean classifies = method.equals("supervised");
    Map<String, Tensor> weights =
        classifies
            ? Initializer.initialise(LearnerSpec.model(config, Samples.EYES), id.hashCode())
            : Map.of();
    SavedModels.checkpoint(new CheckpointStore(run.resolve("checkpoints"), 1), 1, true, weights);
    return weights;
  }
}
