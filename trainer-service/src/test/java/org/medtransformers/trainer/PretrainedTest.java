package org.medtransformers.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.medtransformers.batches.GeneratedDataServer.Answer;
import org.medtransformers.contracts.Sha256;
import org.medtransformers.contracts.config.Backbone;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.contracts.tensor.Safetensors;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.engine.TorchEngine;
import org.medtransformers.learning.model.Initializer;
import org.medtransformers.learning.model.ModelSpec;
import org.medtransformers.learning.network.Network;

/** Runs that start from weights of others. */
@QuarkusTest
class PretrainedTest extends TrainerScenario {
  /** The network of {@code run.json}. */
  private static final ModelSpec MODEL = new ModelSpec(Backbone.TEST_VIT, 3, 3, 16, 8, 0);

  private static final long SEED_OF_THE_RUN = 5;
  private static final int BATCH = 8;

  @Test
  void theFirstLossIsThatOfTheFilesWeights() throws IOException {
    Map<String, Tensor> trained = Initializer.initialise(MODEL, 99);
    Path file = artifacts.weights().resolve("mine.safetensors");
    Map<String, Tensor> published = timm(trained);
    published.put("mask_token", Tensor.ofFloats(new float[1], 1));
    write(file, published);
    Tensor images = images();
    data.misbehave(
        path ->
            path.endsWith("/epochs/0/batches/0") ? Optional.of(batch(images)) : Optional.empty());
    requestPretrained(
        document -> {
          ((ObjectNode) document.at("/medtrans")).put("weights_file", file.toString());
          ((ObjectNode) document.at("/model_params/transformers_params")).put("drop_path_rate", 0);
        });
    TrainingEvent.Progress first =
        wire.await(TrainingEvent.Progress.class, runId, e -> e.iteration() == 1);

    Map<String, Tensor> expected = new LinkedHashMap<>(trained);
    Map<String, Tensor> fresh = Initializer.initialise(MODEL, SEED_OF_THE_RUN);
    expected.put("fc.weight", fresh.get("fc.weight"));
    expected.put("fc.bias", fresh.get("fc.bias"));
    assertEquals(crossEntropy(expected, images), first.loss(), 1e-5);
    wire.await(TrainingEvent.Completed.class, runId);
    assertEquals(
        file + ": passed over mask_token, with which a backbone does not compute",
        wire.heard(TrainingEvent.Noticed.class, runId).get(0).notice());
  }

  @Test
  void publishedWeightsWithoutAHashAreTakenFromTheirFolderOncePinned() throws IOException {
    ModelSpec small = new ModelSpec(Backbone.DEIT_SMALL, 3, 3, 16, 16, 0);
    Map<String, Tensor> trained = Initializer.initialise(small, 99);
    Path file = artifacts.weights().resolve("dino_deitsmall16_pretrain.pth");
    write(file, timm(trained));
    Files.writeString(
        artifacts.weights().resolve(file.getFileName() + ".sha256"), Sha256.of(file) + "\n");
    requestPretrained(
        document -> {
          ObjectNode model = (ObjectNode) document.get("model_params");
          model.put("backbone_type", "deit_small").put("freeze_backbone", true);
          ((ObjectNode) model.get("transformers_params"))
              .put("pretrained_type", "dino")
              .put("patch_size", 16);
          ((ObjectNode) document.get("training_params")).put("epochs", 1);
        });
    TrainingEvent.Completed completed = wire.await(TrainingEvent.Completed.class, runId);
    Map<String, Tensor> learned = model(completed);
    trained.forEach(
        (name, tensor) -> {
          if (!name.startsWith("fc.")) {
            assertEquals(tensor, learned.get(name), name);
          }
        });
  }

  @Test
  void weightsOfAnotherNetworkFailTheRunAndNameWhatIsMissing() throws IOException {
    Path file = artifacts.weights().resolve("resnet.safetensors");
    write(file, Initializer.initialise(ModelSpec.resnet(Backbone.TEST_RESNET, 3, 3), 1));
    TrainingEvent.Failed failed = failureWith(file);
    assertEquals(ErrorCode.WEIGHTS_INCOMPATIBLE, failed.error().code());
    assertTrue(failed.error().message().contains("backbone.cls_token"), failed.error().message());
  }

  @Test
  void weightsWithMoreThanTheNetworkFailTheRunAndNameWhatIsLeft() throws IOException {
    Map<String, Tensor> registers = timm(Initializer.initialise(MODEL, 99));
    registers.put("reg_token", Tensor.ofFloats(new float[4], 1, 4, 1));
    Path file = artifacts.weights().resolve("registers.safetensors");
    write(file, registers);
    TrainingEvent.Failed failed = failureWith(file);
    assertEquals(ErrorCode.WEIGHTS_INCOMPATIBLE, failed.error().code());
    assertTrue(
        failed.error().message().endsWith("not in the network: reg_token"),
        failed.error().message());
  }

  @Test
  void weightsOutsideTheRootsAreNotRead() throws IOException {
    Path file = artifacts.root().resolveSibling("outside.safetensors");
    write(file, timm(Initializer.initialise(MODEL, 99)));
    assertEquals(ErrorCode.PATH_NOT_ALLOWED, failureWith(file).error().code());
  }

  @Test
  void aDamagedFileFailsTheRun() throws IOException {
    Path file = artifacts.weights().resolve("damaged.pth");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "not weights");
    assertEquals(ErrorCode.WEIGHTS_UNREADABLE, failureWith(file).error().code());
  }

  private TrainingEvent.Failed failureWith(Path file) {
    requestPretrained(
        document -> ((ObjectNode) document.at("/medtrans")).put("weights_file", file.toString()));
    return wire.await(TrainingEvent.Failed.class, runId);
  }

  private void requestPretrained(Consumer<ObjectNode> changes) {
    request(
        runId,
        document -> {
          ((ObjectNode) document.get("model_params")).put("pretrained", true);
          changes.accept(document);
        });
  }

  /** timm's names, with a head for other classes. */
  private static Map<String, Tensor> timm(Map<String, Tensor> state) {
    Map<String, Tensor> renamed = new LinkedHashMap<>();
    state.forEach((name, tensor) -> renamed.put(name.replaceFirst("^backbone\\.", ""), tensor));
    renamed.remove("fc.weight");
    renamed.remove("fc.bias");
    renamed.put("head.bias", Tensor.ofFloats(new float[1000], 1000));
    return renamed;
  }

  private static void write(Path file, Map<String, Tensor> tensors) throws IOException {
    Files.createDirectories(file.getParent());
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      new Safetensors(tensors).write(channel);
    }
  }

  private static Tensor images() {
    float[] pixels = new float[BATCH * 3 * 16 * 16];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) Math.sin(i);
    }
    return Tensor.ofFloats(pixels, BATCH, 3, 16, 16);
  }

  private static Answer batch(Tensor images) {
    return new Answer(
        200,
        new Safetensors(
                Map.of(
                    "view.0", images,
                    "label", Tensor.ofLongs(labels(), BATCH),
                    "index", Tensor.ofLongs(new long[BATCH], BATCH)))
            .encode());
  }

  private static long[] labels() {
    return new long[] {0, 1, 2, 0, 1, 2, 0, 1};
  }

  /** The mean of -log softmax(logits)[label]. */
  private static double crossEntropy(Map<String, Tensor> state, Tensor images) {
    TorchEngine.start(1);
    try (Network network = Network.of(MODEL, state, TorchDevice.CPU)) {
      float[] logits = network.evaluate(images).logits().floats();
      double sum = 0;
      for (int i = 0; i < BATCH; i++) {
        double normaliser = 0;
        for (int c = 0; c < 3; c++) {
          normaliser += Math.exp(logits[3 * i + c]);
        }
        sum += Math.log(normaliser) - logits[3 * i + (int) labels()[i]];
      }
      return sum / BATCH;
    }
  }
}
