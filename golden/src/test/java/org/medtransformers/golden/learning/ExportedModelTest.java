package org.medtransformers.golden.learning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.Backbone;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.tensor.Safetensors;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.Golden;
import org.medtransformers.learning.engine.NDArrays;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.engine.TorchEngine;
import org.medtransformers.learning.export.ExportedModel;
import org.medtransformers.learning.model.Head;
import org.medtransformers.learning.model.Initializer;
import org.medtransformers.learning.model.ModelSpec;
import org.medtransformers.learning.network.Network;
import org.medtransformers.python.Python;

/** Exported networks give PyTorch's logits in the hands of other programs. */
class ExportedModelTest {
  @TempDir private Path folder;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resnet18_1ch_binary_bce",
        "resnet50_64",
        "deit_tiny_1ch_binary_bce",
        "deit_tiny_224p16_on_96"
      })
  void djlLoadsTheTorchScriptFile(String name) throws Exception {
    JsonNode golden = golden(name);
    torchScript(golden);
    assertLogits(golden, loadedByDjl(GoldenNetwork.of(golden).input()));
  }

  @Test
  void aNetworkThatWasTrainedWithoutLabelsGivesEmbeddings() throws Exception {
    ModelSpec spec = new ModelSpec(Backbone.DEIT_TINY, 3, new Head.Dino(8, 16, 4), 32, 16, 0);
    Map<String, Tensor> state = Initializer.initialise(spec, 5);
    Tensor images = Tensor.ofFloats(Golden.fill("exported", 2 * 3 * 1024, 4, 0), 2, 3, 32, 32);
    try (OutputStream out = Files.newOutputStream(folder.resolve("model.pt"))) {
      new ExportedModel(spec, state, Map.of()).writeTorchScript(out);
    }
    try (Network network = Network.of(spec, state, TorchDevice.CPU)) {
      double[] expected = network.evaluate(images).embedding().doubles();
      assertArrayEquals(expected, loadedByDjl(images), 1e-5);
    }
  }

  /** What the file gives for {@code images}. */
  private double[] loadedByDjl(Tensor images) throws Exception {
    try (Model model = Model.newInstance("model", "PyTorch")) {
      model.load(folder.resolve("model.pt"));
      PtNDManager manager = (PtNDManager) model.getNDManager();
      try (NDArray x = NDArrays.of(manager, images);
          NDList out =
              IValueUtils.forward((PtSymbolBlock) model.getBlock(), new NDList(x), false)) {
        return Golden.doubles(out.get(0).toFloatArray());
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> pyTorchLoadsTheTorchScriptFile() throws Exception {
    return loaded(
        "torch; torch.nn.functional.scaled_dot_product_attention",
        "torchscript",
        (golden, loaded) -> {
          assertEquals(exportedNames(golden), texts(loaded.get("names")));
          assertEquals(buffers(golden), texts(loaded.get("buffers")));
          assertEquals("value", loaded.at("/metadata/key").asText());
        },
        "resnet18_1ch_binary_bce",
        "resnet50_64",
        "deit_tiny_1ch_binary_bce",
        "deit_small_64p8");
  }

  @TestFactory
  Stream<DynamicTest> torchvisionTakesTheSafetensorsFile() throws Exception {
    return loaded(
        "torch, torchvision",
        "torchvision",
        (golden, loaded) -> assertEquals("pt", loaded.at("/metadata/format").asText()),
        "resnet18_1ch_binary_bce",
        "resnet18_64",
        "resnet50_64");
  }

  /** A residual network needs no operator that came after PyTorch 1.13. */
  @TestFactory
  Stream<DynamicTest> anOlderPyTorchLoadsTheTorchScriptFileOfAResidualNetwork() throws Exception {
    return loaded("torch, torchvision", "torchscript", (golden, loaded) -> {}, "resnet18_64");
  }

  @TestFactory
  Stream<DynamicTest> aTransformerWithTimmsNamesTakesTheSafetensorsFile() throws Exception {
    return loaded(
        "torch",
        "timm",
        (golden, loaded) -> {},
        "deit_tiny_1ch_binary_bce",
        "deit_tiny_224p16",
        "vit_base_32p8");
  }

  @Test
  void theSameNetworkGivesTheSameBytes() throws IOException {
    ExportedModel model = exported(golden("resnet18_64"));
    ByteArrayOutputStream first = new ByteArrayOutputStream();
    ByteArrayOutputStream second = new ByteArrayOutputStream();
    model.writeTorchScript(first);
    model.writeTorchScript(second);
    assertArrayEquals(first.toByteArray(), second.toByteArray());
  }

  @Test
  void weightsOfAnotherNetworkAreRefused() {
    GoldenNetwork golden = GoldenNetwork.of(golden("resnet18_64"));
    Map<String, Tensor> state = new LinkedHashMap<>(golden.state());
    state.remove("backbone.layer4.1.bn2.running_var");
    MedtransException e =
        assertThrows(
            MedtransException.class, () -> new ExportedModel(golden.spec(), state, Map.of()));
    assertTrue(
        e.getMessage().contains("backbone.layer4.1.bn2.running_var is missing"), e.getMessage());
  }

  /**
   * What one Python, whose start takes seconds, makes of the exported files; a test for each, whose
   * logits are PyTorch's.
   */
  private Stream<DynamicTest> loaded(
      String modules, String kind, BiConsumer<JsonNode, JsonNode> holds, String... names)
      throws Exception {
    Python python = Python.with(modules);
    Path script = folder.resolve("load_exported.py");
    Files.copy(ExportedModelTest.class.getResourceAsStream("/export/load_exported.py"), script);
    List<String> line = new ArrayList<>(List.of(script.toString()));
    for (String name : names) {
      JsonNode golden = golden(name);
      Path file = kind.equals("torchscript") ? torchScript(golden) : safetensors(golden);
      Path kept = Files.move(file, folder.resolve(name));
      line.addAll(List.of(kind, kept.toString(), images(name).toString(), out(name).toString()));
    }
    python.run(line.toArray(String[]::new));
    return Stream.of(names).map(name -> DynamicTest.dynamicTest(name, () -> check(name, holds)));
  }

  private void check(String name, BiConsumer<JsonNode, JsonNode> holds) throws IOException {
    JsonNode golden = golden(name);
    JsonNode loaded = Json.parse(Files.readString(out(name)));
    assertLogits(golden, Golden.numbers(loaded.get("logits")));
    holds.accept(golden, loaded);
  }

  private Path out(String name) {
    return folder.resolve(name + ".json");
  }

  private Path images(String name) throws IOException {
    Path images = folder.resolve(name + ".images");
    try (FileChannel channel =
        FileChannel.open(images, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      new Safetensors(Map.of("images", GoldenNetwork.of(golden(name)).input())).write(channel);
    }
    return images;
  }

  private static JsonNode golden(String name) {
    return Golden.read("models/" + name + ".json");
  }

  private Path torchScript(JsonNode golden) throws IOException {
    Path file = folder.resolve("model.pt");
    try (OutputStream out = Files.newOutputStream(file)) {
      exported(golden).writeTorchScript(out);
    }
    return file;
  }

  private Path safetensors(JsonNode golden) throws IOException {
    Path file = folder.resolve("model.safetensors");
    try (OutputStream out = Files.newOutputStream(file)) {
      exported(golden).writeSafetensors(out);
    }
    return file;
  }

  private static ExportedModel exported(JsonNode golden) {
    Map<String, String> metadata =
        Map.of("key", "value", "backbone", golden.at("/config/arch").asText());
    GoldenNetwork network = GoldenNetwork.of(golden);
    return new ExportedModel(network.spec(), network.state(), metadata);
  }

  private static void assertLogits(JsonNode golden, double[] logits) {
    Golden.assertWithin(golden.at("/expected/eval/logits"), logits, "logits");
  }

  /** As the golden file lists them, which is PyTorch's order. */
  private static List<String> exportedNames(JsonNode golden) {
    String head = golden.at("/config/vit").isNull() ? "fc." : "head.";
    return rows(golden).stream()
        .map(row -> row.get(0).asText().replace("backbone.", "").replaceFirst("^fc\\.", head))
        .toList();
  }

  private static List<String> buffers(JsonNode golden) {
    return rows(golden).stream()
        .filter(row -> row.get(2).asText().equals("buffer"))
        .map(row -> row.get(0).asText().replace("backbone.", ""))
        .toList();
  }

  private static List<JsonNode> rows(JsonNode golden) {
    return StreamSupport.stream(golden.get("state").spliterator(), false).toList();
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
