package org.medtransformers.learning.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.contracts.config.Backbone;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.tensor.DType;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.Golden;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.engine.TorchEngine;
import org.medtransformers.learning.model.Initializer;
import org.medtransformers.learning.model.ModelSpec;
import org.medtransformers.learning.network.Network;

/** Weights by others' names, types and shapes become the state of our networks. */
class FittedWeightsTest {
  private static final ModelSpec TINY = new ModelSpec(Backbone.DEIT_TINY, 3, 5, 64, 16, 0);
  private static final ModelSpec RESNET = ModelSpec.resnet(Backbone.RESNET18, 3, 5);
  private static final Map<String, Tensor> TINY_STATE = Initializer.initialise(TINY, 3);
  private static final Map<String, Tensor> RESNET_STATE = Initializer.initialise(RESNET, 3);

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"resnet18_1ch_adapted", "deit_tiny_1ch_adapted"})
  void aStemForOneChannelIsTheFirstOfThree(String name) {
    JsonNode golden = Golden.read("models/" + name + ".json");
    Map<String, Tensor> file = fill(golden, golden.get("state"));
    file.putAll(fill(golden, golden.get("fill_state_before_stem_adaptation")));
    assertLogits(golden, FittedWeights.trained(model(golden, 1, 0), file));
  }

  @Test
  void positionEmbeddingsAreResampledAsPyTorchDoes() {
    JsonNode golden = Golden.read("models/deit_tiny_224p16_on_96.json");
    Map<String, Tensor> file = fill(golden, golden.get("state"));
    assertEquals(List.of(1L, 197L, 192L), file.get("backbone.pos_embed").shape());
    FittedWeights fitted = FittedWeights.trained(model(golden, 3, 96), file);
    float[] found = fitted.state().get("backbone.pos_embed").floats();
    JsonNode expected = golden.at("/expected/position_embedding");
    Golden.assertWithin(
        expected.get("row1_first8"), Golden.doubles(Arrays.copyOfRange(found, 192, 200)), "row 1");
    Golden.assertWithin(
        expected.get("last_row_first8"),
        Golden.doubles(Arrays.copyOfRange(found, 36 * 192, 36 * 192 + 8)),
        "last row");
    assertLogits(golden, fitted);
  }

  @Test
  void positionEmbeddingsAreResampledUpwardsAsTheNetworkDoes() {
    float[] found =
        FittedWeights.start(new ModelSpec(Backbone.DEIT_TINY, 3, 5, 144, 16, 0), TINY_STATE, 1)
            .state()
            .get("backbone.pos_embed")
            .floats();
    try (Network network = Network.of(TINY, TINY_STATE, TorchDevice.CPU)) {
      float[] expected = network.positionEmbedding(9).floats();
      assertEquals(expected.length, found.length);
      // Either may round: PyTorch's float32 differs from its float64 by up to 6.5e-8 here.
      for (int i = 0; i < expected.length; i++) {
        assertEquals(expected[i], found[i], 1.3e-7);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "module.",
        "backbone.",
        "module.backbone.",
        "backbone.module.",
        "_orig_mod.module.",
        "module._orig_mod.model.encoder.backbone.",
        "model.model.",
      })
  void prefixesOfWrappersAreTakenAway(String prefix) {
    Map<String, Tensor> file = renamed(RESNET_STATE, n -> prefix + bare(n));
    assertEquals(RESNET_STATE, FittedWeights.trained(RESNET, file).state());
    Map<String, Tensor> transformer = renamed(TINY_STATE, n -> prefix + bare(n));
    assertEquals(TINY_STATE, FittedWeights.trained(TINY, transformer).state());
  }

  @Test
  void aPrefixThatOnlySomeTensorsHaveIsTakenAwayToo() {
    // As SimSiam's authors save it: the projector is encoder.fc, the predictor stands beside.
    Map<String, Tensor> file = renamed(RESNET_STATE, n -> "module.encoder." + bare(n));
    file.put("module.encoder.fc.0.weight", Tensor.ofFloats(new float[4], 2, 2));
    file.put("module.predictor.0.weight", Tensor.ofFloats(new float[4], 2, 2));
    assertBackbone(RESNET, RESNET_STATE, file);
  }

  @Test
  void timmCallsTheHeadOtherwise() {
    Map<String, Tensor> file = renamed(TINY_STATE, n -> bare(n).replace("fc.", "head."));
    // The blocks' own layers are called fc1 and fc2.
    assertTrue(file.containsKey("blocks.0.mlp.fc1.weight"));
    assertEquals(TINY_STATE, FittedWeights.trained(TINY, file).state());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fc.weight",
        "head.weight",
        "classifier.weight",
        "heads.head.weight",
        "head.mlp.0.weight",
        "head.last_layer.weight_g",
        "fc.net.fc_in.1.running_mean",
        "predictor.net.0.weight",
        "module.projection_head.0.weight",
        "module.prototypes.weight",
        "projector.2.weight",
        "pre_logits.fc.weight",
      })
  void aTrainingStartsWithAFreshHeadWhateverTheFileHas(String head) {
    Map<ModelSpec, Map<String, Tensor>> networks = Map.of(RESNET, RESNET_STATE, TINY, TINY_STATE);
    networks.forEach(
        (model, state) -> {
          Map<String, Tensor> file = new LinkedHashMap<>(state);
          file.put(head, Tensor.ofFloats(new float[1000], 1000, 1));
          assertBackbone(model, state, file);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"head.mlp.0.weight", "pre_logits.fc.weight"})
  void aTrainedNetworkWithMoreThanItsClassifierIsRefused(String more) {
    Map<String, Tensor> file = new LinkedHashMap<>(TINY_STATE);
    file.put(more, Tensor.ofFloats(new float[1], 1));
    assertRefusal(() -> FittedWeights.trained(TINY, file), "not in the network: " + more);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mask_token",
        "module.masked_embed",
        "blocks.0.attn.relative_position_index",
        "global_step",
        "optimizer.state.0.exp_avg",
      })
  void whatABackboneDoesNotComputeWithIsPassedOverAndNamed(String name) {
    Map<String, Tensor> file = new LinkedHashMap<>(TINY_STATE);
    file.put(name, Tensor.ofFloats(new float[192], 1, 1, 192));
    assertEquals(List.of(name), assertBackbone(TINY, TINY_STATE, file).passedOver());
  }

  @Test
  void batchCountersMayBeMissing() {
    Map<String, Tensor> file = new LinkedHashMap<>(RESNET_STATE);
    file.keySet().removeIf(name -> name.endsWith("num_batches_tracked"));
    assertEquals(RESNET_STATE, FittedWeights.trained(RESNET, file).state());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "backbone.blocks.0.ls1.gamma",
        "blocks.11.ls2.gamma",
        "reg_token",
        "module.reg_token",
        "blocks.12.norm1.weight",
        "blocks.0.attn.q_norm.weight",
        "norm_pre.weight",
        "fc_norm.weight",
        "head_dist.weight",
        "decoder_pos_embed",
        "model.momentum_encoder.conv1.weight",
      })
  void whatTheNetworkHasNoPlaceForIsRefusedByItsNameInTheFile(String name) {
    Map<String, Tensor> file = new LinkedHashMap<>(TINY_STATE);
    file.put(name, Tensor.ofFloats(new float[192], 192));
    assertRefused(TINY, file, "the weights do not fit deit_tiny: not in the network: " + name);
  }

  @Test
  void aDeeperNetworkIsRefusedWithAFewNamesAndTheirNumber() {
    Map<String, Tensor> deeper =
        Initializer.initialise(ModelSpec.resnet(Backbone.RESNET34, 3, 5), 3);
    assertRefused(RESNET, deeper, "not in the network: backbone.layer1.2.conv1.weight, ");
    // Sixteen blocks in place of eight, of two convolutions and two norms of five tensors each.
    assertRefused(RESNET, deeper, "… (96 in all)");
  }

  @ParameterizedTest
  @CsvSource({
    "backbone.layer1.0.conv1.weight, missing: backbone.layer1.0.conv1.weight",
    "backbone.bn1.running_var, missing: backbone.bn1.running_var",
  })
  void whatIsMissingIsNamed(String removed, String message) {
    Map<String, Tensor> file = new LinkedHashMap<>(RESNET_STATE);
    file.remove(removed);
    assertRefused(RESNET, file, message);
  }

  @Test
  void anotherNetworksWeightsAreRefused() {
    assertRefused(TINY, RESNET_STATE, "missing: backbone.cls_token");
    ModelSpec small = new ModelSpec(Backbone.DEIT_SMALL, 3, 5, 64, 16, 0);
    assertRefused(small, TINY_STATE, "backbone.cls_token is [1, 1, 192], wanted is [1, 1, 384]");
    ModelSpec patches = new ModelSpec(Backbone.DEIT_TINY, 3, 5, 64, 8, 0);
    assertRefused(patches, TINY_STATE, "is [192, 3, 16, 16], wanted is [192, 3, 8, 8]");
  }

  @Test
  void aDistilledTransformerIsRefused() {
    Map<String, Tensor> file = new LinkedHashMap<>(TINY_STATE);
    file.put("dist_token", Tensor.ofFloats(new float[192], 1, 1, 192));
    assertRefused(TINY, file, "dist_token");
  }

  @Test
  void twoTensorsOfOneNameAreRefused() {
    Map<String, Tensor> file = new LinkedHashMap<>(RESNET_STATE);
    file.put("module.conv1.weight", RESNET_STATE.get("backbone.conv1.weight"));
    assertRefused(RESNET, file, "two tensors of the file are backbone.conv1.weight here");
  }

  @Test
  void halvesAndDoublesBecomeFloats() {
    Map<String, Tensor> file = new LinkedHashMap<>(RESNET_STATE);
    // 1, -2, 65504, 2^-24, infinity and 1/3 as halves; the rest zero.
    short[] halves = {0x3c00, (short) 0xc000, 0x7bff, 0x0001, 0x7c00, 0x3555};
    ByteBuffer bytes = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asShortBuffer().put(halves);
    file.put("backbone.bn1.weight", new Tensor(DType.F16, List.of(64L), bytes));
    float[] found =
        FittedWeights.start(RESNET, file, 1).state().get("backbone.bn1.weight").floats();
    float[] expected = {1, -2, 65504, 0x1p-24f, Float.POSITIVE_INFINITY, 0.33325195f};
    assertEquals(Arrays.toString(expected), Arrays.toString(Arrays.copyOf(found, expected.length)));
  }

  @Test
  void countsAreNoWeights() {
    Map<String, Tensor> file = new LinkedHashMap<>(RESNET_STATE);
    file.put("backbone.bn1.weight", Tensor.ofLongs(new long[64], 64));
    assertRefused(RESNET, file, "backbone.bn1.weight I64 elements are no floats");
  }

  private static void assertRefused(ModelSpec model, Map<String, Tensor> file, String message) {
    assertRefusal(() -> FittedWeights.start(model, file, 1), message);
  }

  /** That a training begins with the backbone of {@code state} and a head from its own seed. */
  private static FittedWeights assertBackbone(
      ModelSpec model, Map<String, Tensor> state, Map<String, Tensor> file) {
    FittedWeights fitted = FittedWeights.start(model, file, 11);
    Map<String, Tensor> expected = new LinkedHashMap<>(state);
    model
        .head()
        .tensors(model.features())
        .forEach(spec -> expected.put(spec.name(), Initializer.initialise(spec, 11)));
    assertEquals(expected, fitted.state());
    return fitted;
  }

  private static void assertRefusal(Executable fit, String message) {
    MedtransException refusal = assertThrows(MedtransException.class, fit);
    assertEquals(ErrorCode.WEIGHTS_INCOMPATIBLE, refusal.code());
    assertTrue(refusal.getMessage().contains(message), refusal.getMessage());
  }

  private static void assertLogits(JsonNode golden, FittedWeights fitted) {
    JsonNode config = golden.get("config");
    int size = config.at("/vit/img_size/0").asInt(0);
    ModelSpec model = model(golden, config.get("img_channels").asInt(), size);
    if (golden.get("case").asText().endsWith("on_96")) {
      model = model(golden, 3, 96);
    }
    JsonNode input = config.get("input");
    Tensor images =
        Golden.fill(
            input.get("name").asText(), input.get("shape"), input.get("scale").asDouble(), 0);
    try (Network network = Network.of(model, fitted.state(), TorchDevice.CPU)) {
      Golden.assertWithin(
          golden.at("/expected/eval/logits"),
          Golden.doubles(network.evaluate(images).logits().floats()),
          "logits");
    }
  }

  private static ModelSpec model(JsonNode golden, int channels, int imageSize) {
    JsonNode config = golden.get("config");
    Backbone backbone = Backbone.of(config.get("arch").asText());
    int outputs = config.get("n_classes").asInt();
    JsonNode vit = config.get("vit");
    if (vit.isNull()) {
      return ModelSpec.resnet(backbone, channels, outputs);
    }
    int size = imageSize == 0 ? vit.at("/img_size/0").asInt() : imageSize;
    return new ModelSpec(backbone, channels, outputs, size, vit.get("patch_size").asInt(), 0);
  }

  private static Map<String, Tensor> fill(JsonNode golden, JsonNode rows) {
    String prefix = golden.at("/config/name_prefix").asText();
    Map<String, Tensor> state = new LinkedHashMap<>();
    for (JsonNode row : rows) {
      String name = row.get(0).asText();
      state.put(
          name,
          name.endsWith("num_batches_tracked")
              ? Tensor.ofLongs(new long[1])
              : Golden.fill(
                  prefix + name, row.get(1), row.get(3).asDouble(), row.get(4).asDouble()));
    }
    return state;
  }

  private static Map<String, Tensor> renamed(
      Map<String, Tensor> state, UnaryOperator<String> naming) {
    Map<String, Tensor> renamed = new LinkedHashMap<>();
    state.forEach((name, tensor) -> renamed.put(naming.apply(name), tensor));
    return renamed;
  }

  private static String bare(String name) {
    return name.replaceFirst("^backbone\\.", "");
  }
}
