package org.medtransformers.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medtransformers.contracts.Json;
import org.medtransformers.experiment.Overrides;

/** {@code ./medtrans} as a user types it, with the small presets on real images. */
class CommandLineIT {
  private static final String LOCATION = System.getProperty("medtrans.testdata", "");
  private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();
  private static Path home;

  /** What a command came to. */
  private record Result(int exitCode, String output) {}

  @BeforeAll
  static void up() throws Exception {
    assumeFalse(LOCATION.isEmpty(), "-Dmedtrans.testdata names no folder of real images");
    home = Files.createTempDirectory(Files.createDirectories(Path.of("target/cli")), "home");
    Result up = medtrans("up");
    assertEquals(0, up.exitCode(), up.output());
  }

  @AfterAll
  static void down() throws Exception {
    if (home != null) {
      assertEquals(0, medtrans("down").exitCode());
    }
  }

  private static Result medtrans(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(CHECKOUT.resolve("medtrans").toString()));
    command.addAll(List.of(arguments));
    Path output = home.resolveSibling("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("MEDTRANS_HOME", home.toAbsolutePath().toString());
    Process process = builder.start();
    assertTrue(process.waitFor(10, TimeUnit.MINUTES), () -> "hangs: " + command);
    return new Result(process.exitValue(), Files.readString(output));
  }

  private static String preset(String name) {
    return CHECKOUT.resolve("configs").resolve(name + ".json").toString();
  }

  @ParameterizedTest
  @CsvSource({
    "aptos2019-small, APTOS2019, cohen_kappa, 31",
    "isic2019-small, ISIC2019, recall, 23",
    "ddsm-small, DDSM, roc_auc, 156"
  })
  void aPresetComparesBothFamiliesOnRealImages(
      String name, String dataset, String metric, int images) throws Exception {
    Path json = home.resolve(name + ".json").toAbsolutePath();
    Result run =
        medtrans(
            "run",
            preset(name),
            "--data_location",
            LOCATION,
            "--repetitions",
            "1",
            "--set",
            "training_params.epochs=1",
            "--json",
            json.toString());
    assertEquals(0, run.exitCode(), run.output());

    JsonNode result = Json.parse(Files.readString(json));
    assertEquals(2, result.path("runs").size());
    for (JsonNode r : result.path("runs")) {
      assertEquals("SUCCEEDED", r.path("state").asText());
      assertEquals(dataset, r.path("dataset").asText());
      JsonNode test = r.at("/metrics/test");
      assertEquals(images, test.path("n").asInt());
      assertTrue(test.path(metric).isNumber(), test::toString);
      assertTrue(r.at("/metrics/val").path(metric).isNumber());
    }
    assertTrue(run.output().contains(dataset + " " + metric), run.output());
    Result results = medtrans("results", name);
    assertTrue(results.output().contains("deit_tiny"), results.output());
  }

  /** Every image is told by the model that has not seen it, and all of them make one number. */
  @Test
  void foldsOfRealImagesAreOneRow() throws Exception {
    Path json = home.resolve("folds.json").toAbsolutePath();
    Result run =
        medtrans(
            "run",
            preset("aptos2019-small"),
            "--data_location",
            LOCATION,
            "--repetitions",
            "1",
            "--set",
            "experiment.matrix=[[{\"label\": \"test_resnet\"}, {\"label\": \"test_vit\", \"set\":"
                + " {\"model_params.backbone_type\": \"test_vit\"}}]]",
            "--set",
            "model_params.backbone_type=test_resnet",
            "--set",
            "training_params.epochs=1",
            "--set",
            "medtrans.split={\"kind\": \"kfold\", \"folds\": 3}",
            "--json",
            json.toString());
    assertEquals(0, run.exitCode(), run.output());

    JsonNode result = Json.parse(Files.readString(json));
    assertEquals(6, result.path("runs").size());
    assertEquals(2, result.at("/table/rows").size());
    List<Said> images = new ArrayList<>();
    for (JsonNode fold : result.path("runs")) {
      if (fold.path("backbone").asText().equals("test_vit")) {
        images.addAll(said(home.resolve("runs/%s".formatted(fold.path("id").asText()))));
      }
    }
    JsonNode cell = result.at("/table/rows/1/cells/0");
    assertEquals(206, images.stream().map(Said::image).distinct().count());
    assertEquals(206, cell.at("/folds/images").intValue());
    assertEquals(quadraticKappa(images), cell.at("/folds/pooled").doubleValue(), 1e-12);
    assertTrue(run.output().contains("(3 folds)"), run.output());
    Result results = medtrans("results", result.at("/experiment/id").asText());
    assertTrue(results.output().contains("folds: t (df), p"), results.output());
  }

  /** A line of a run's {@code predictions.csv}. */
  private record Said(String image, int label, int prediction) {}

  private static List<Said> said(Path run) throws IOException {
    return Files.readAllLines(run.resolve("predictions.csv")).stream()
        .skip(1)
        .map(line -> line.split(",", -1))
        .map(line -> new Said(line[0], Integer.parseInt(line[2]), Integer.parseInt(line[3])))
        .toList();
  }

  /** By its definition: one less the observed squared distances over those by chance. */
  private static double quadraticKappa(List<Said> images) {
    double observed = 0;
    double chance = 0;
    for (Said image : images) {
      observed += squared(image.label() - image.prediction());
      for (Said other : images) {
        chance += squared(image.label() - other.prediction());
      }
    }
    return 1 - observed * images.size() / chance;
  }

  private static double squared(int distance) {
    return (double) distance * distance;
  }

  @Test
  void whatIsLearnedWithoutLabelsIsFineTuned() throws Exception {
    JsonNode dino = pretrained();
    assertTrue(dino.at("/metrics/test/accuracy").isNumber(), dino::toString);

    Path json = home.resolve("tuned.json").toAbsolutePath();
    Result run =
        medtrans(
            "run",
            preset("aptos2019-small"),
            "--data_location",
            LOCATION,
            "--repetitions",
            "1",
            "--set",
            "experiment.matrix=[]",
            "--set",
            "training_params.epochs=2",
            "--set",
            "transfer_learning_params={\"use_pretrained\": true, \"pretrained_model_name\": \"%s\"}"
                .formatted(dino.path("id").asText()),
            "--json",
            json.toString());
    assertEquals(0, run.exitCode(), run.output());
    JsonNode tuned = Json.parse(Files.readString(json)).at("/runs/0");
    assertEquals("SUCCEEDED", tuned.path("state").asText());
    assertTrue(tuned.at("/metrics/test/cohen_kappa").isNumber(), tuned::toString);

    Result export =
        medtrans(
            "export",
            dino.path("id").asText(),
            "--format",
            "safetensors",
            "--output",
            home.resolve("backbone.safetensors").toAbsolutePath().toString());
    assertEquals(0, export.exitCode(), export.output());
  }

  /** A pool without any label, and images without labels beside labelled ones: both come first. */
  @Test
  void imagesWithoutLabelsAreTrainedOnFirst() throws Exception {
    Path data = home.resolve("unlabelled").toAbsolutePath();
    copyUltrasound("normal", 0, 40, data.resolve("ImageFolder/normal"));
    copyUltrasound("cancer", 0, 40, data.resolve("ImageFolder/cancer"));
    copyUltrasound("normal", 40, 60, data.resolve("ImageFolder/unlabelled"));
    copyUltrasound("normal", 60, 100, data.resolve("pool"));
    Path json = home.resolve("unlabelled.json").toAbsolutePath();
    Result run =
        medtrans(
            "run",
            preset("image-folder-small"),
            "--data_location",
            data.toString(),
            "--set",
            "model_params.backbone_type=test_resnet",
            "--set",
            "training_params.epochs=1",
            "--set",
            """
            experiment.matrix=[[
              {"label": "pool", "phases": [
                {"method": "dino", "set": {"medtrans.image_folder": {"folder": "pool"}}},
                {"method": "supervised"}]},
              {"label": "beside", "phases": [{"method": "dino"}, {"method": "supervised"}]}]]\
            """,
            "--json",
            json.toString());
    assertEquals(0, run.exitCode(), run.output());
    assertTrue(run.output().contains("the 40 images of pool have no labels"), run.output());
    JsonNode runs = Json.parse(Files.readString(json)).path("runs");
    assertEquals(4, runs.size());
    for (JsonNode r : runs) {
      assertEquals("SUCCEEDED", r.path("state").asText(), r::toString);
      boolean pool = r.path("dataset").asText().equals("pool");
      assertEquals(!pool, r.at("/metrics/test").isObject(), r::toString);
    }

    Result supervised =
        medtrans(
            "run",
            preset("image-folder-small"),
            "--data_location",
            data.toString(),
            "--set",
            "medtrans.image_folder.folder=pool");
    assertEquals(1, supervised.exitCode(), supervised.output());
    assertTrue(
        supervised.output().contains("the 40 images have no labels, which medtrans.method"),
        supervised.output());
  }

  /** The ultrasound images of {@code kind} from number {@code from} to before {@code to}. */
  private static void copyUltrasound(String kind, int from, int to, Path folder)
      throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> images = Files.list(Path.of(LOCATION, "DDSM/ddsm_raw"))) {
      for (Path image :
          images
              .filter(file -> file.getFileName().toString().startsWith(kind))
              .sorted()
              .skip(from)
              .limit(to - from)
              .toList()) {
        Files.copy(image, folder.resolve(image.getFileName()));
      }
    }
  }

  /** The run of a ResNet-18 that was trained with DINO. */
  private static JsonNode pretrained() throws Exception {
    Path json = home.resolve("pretrained.json").toAbsolutePath();
    Result run =
        medtrans(
            "run",
            preset("aptos2019-small"),
            "--dino",
            "--data_location",
            LOCATION,
            "--repetitions",
            "1",
            "--set",
            "experiment.matrix=[]",
            "--set",
            "training_params.epochs=2",
            "--set",
            "training_params.knn_nhood=20",
            "--set",
            "model_params.DINO.projection_size=1024",
            "--json",
            json.toString());
    assertEquals(0, run.exitCode(), run.output());
    assertFalse(run.output().contains("looks collapsed"), run.output());
    return Json.parse(Files.readString(json)).at("/runs/0");
  }

  /** Ultrasound; a ResNet-18 that begins with random weights. */
  @Tag("long")
  @Test
  void neighboursGetBetterWithoutLabels() throws Exception {
    Path json = home.resolve("phases.json").toAbsolutePath();
    Result run =
        medtrans(
            "run",
            shortened("dino-small").toString(),
            "--data_location",
            LOCATION,
            "--repetitions",
            "1",
            "--json",
            json.toString());
    assertEquals(0, run.exitCode(), run.output());

    JsonNode runs = Json.parse(Files.readString(json)).path("runs");
    JsonNode dino = only(runs, "random + DINO, kNN");
    double before = dino.at("/metrics/beginning/roc_auc").doubleValue();
    double best = dino.at("/metrics/val/roc_auc").doubleValue();
    assertTrue(best > before + 0.03, before + " -> " + best);
    JsonNode tuned = only(runs, "random + DINO");
    assertTrue(tuned.at("/metrics/test/roc_auc").isNumber(), tuned::toString);
  }

  /** A preset with a folder of its own, with few epochs. */
  private static Path shortened(String name) throws IOException {
    Path folder = CHECKOUT.resolve("configs").resolve(name);
    ObjectNode document = (ObjectNode) Json.parse(Files.readString(folder.resolve(name + ".json")));
    ((ObjectNode) document.at("/experiment/matrix/0/1/phases/0/set"))
        .put("training_params.epochs", 4)
        .put("medtrans.augmentation", folder.resolve("dino-32.json").toString());
    Overrides.set(document, "training_params.epochs", Json.parse("2"));
    return Files.writeString(home.resolve(name + ".json").toAbsolutePath(), Json.write(document));
  }

  private static JsonNode only(JsonNode runs, String initialisation) {
    List<JsonNode> found =
        StreamSupport.stream(runs.spliterator(), false)
            .filter(r -> r.path("initialisation").asText().equals(initialisation))
            .toList();
    assertEquals(1, found.size(), runs::toString);
    assertEquals("SUCCEEDED", found.get(0).path("state").asText(), found::toString);
    return found.get(0);
  }

  /** The second rate is so large that the loss overflows within the epoch. */
  @Test
  void theLearningRateIsSearchedOnRealImages() throws Exception {
    Path json = home.resolve("search.json").toAbsolutePath();
    Path plot = home.resolve("search.png").toAbsolutePath();
    Result run =
        medtrans(
            "run",
            preset("aptos2019-small"),
            "--data_location",
            LOCATION,
            "--lr_finder",
            "--repetitions",
            "1",
            "--set",
            "experiment.matrix=[]",
            "--set",
            "model_params.backbone_type=test_vit",
            "--set",
            "lr_finder.grid_search_params="
                + "{\"min_pow\": -5, \"max_pow\": 5, \"resolution\": 2, \"n_epochs\": 1}",
            "--json",
            json.toString(),
            "--plot",
            plot.toString());
    assertEquals(0, run.exitCode(), run.output());

    JsonNode search = Json.parse(Files.readString(json)).path("searches").path(0);
    assertTrue(search.at("/points/0/metric").isNumber(), search::toString);
    assertEquals("TRAINING_DIVERGED", search.at("/points/1/error/code").asText());
    assertEquals(1e-5, search.at("/bestByMetric/learningRate").doubleValue());
    assertEquals(1e-5, search.at("/bestByLoss/learningRate").doubleValue());
    assertTrue(Files.size(plot) > 0);
    assertTrue(run.output().contains("Best by cohen_kappa:  1.000e-05"), run.output());
  }

  @Test
  void batchesOverHttpAreTimedBesideThoseMadeInProcess() throws Exception {
    Path images = Path.of(LOCATION, "APTOS2019", "train_images");
    Result bench = medtrans("bench", "loader", images.toString(), "--rounds", "1", "--force");
    assertEquals(0, bench.exitCode(), bench.output());
    JsonNode rates = Json.parse(bench.output().lines().reduce((first, next) -> next).orElseThrow());
    assertEquals(206, rates.path("images").asInt());
    assertTrue(rates.path("in_process_images_per_s").asDouble() > 0, bench::output);
    assertTrue(rates.path("images_per_s").asDouble() > 0, bench::output);
    assertEquals(
        rates.path("images_per_s").asDouble() / rates.path("in_process_images_per_s").asDouble(),
        rates.path("ratio").asDouble(),
        0.01);
  }

  @Test
  void aMisspeltKeyIsRefusedBeforeAnythingStarts() throws Exception {
    Result run = medtrans("run", preset("demo"), "--set", "training_params.epochz=1");
    assertEquals(2, run.exitCode(), run.output());
    assertTrue(run.output().contains("did you mean epochs?"), run.output());
  }

  @Test
  void aLocationOutsideTheRootsIsRefused() throws Exception {
    Result run = medtrans("run", preset("demo"), "--set", "dataset_params.data_location=\"/etc\"");
    assertEquals(2, run.exitCode(), run.output());
    assertTrue(run.output().contains("--data_location"), run.output());
  }
}
