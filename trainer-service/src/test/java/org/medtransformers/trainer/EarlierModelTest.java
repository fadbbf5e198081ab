package org.medtransformers.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.Sha256;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.data.StartingPoint;
import org.medtransformers.contracts.data.StartingPoint.Use;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.files.RunManifest;

/** Runs that begin with what an earlier one has learned. */
@QuarkusTest
class EarlierModelTest extends TrainerScenario {
  private final String earlier = UUID.randomUUID().toString();
  private final String later = UUID.randomUUID().toString();

  /** With a frozen backbone the start is still there at the end. */
  @Test
  void aBackboneIsTakenOverAndTheHeadIsFresh() throws IOException {
    TrainingEvent.Completed source = train(earlier, epochs(1));
    String path = "runs/" + earlier + "/" + source.checkpoint();
    StartingPoint start = new StartingPoint(Use.BACKBONE, earlier, path, null);

    TrainingEvent.Completed completed =
        train(
            later, start, epochs(1).andThen(d -> set(d, "model_params", "freeze_backbone", true)));

    Map<String, Tensor> before = model(source);
    Map<String, Tensor> after = model(completed);
    before.forEach(
        (name, tensor) -> {
          if (name.startsWith("backbone.")) {
            assertEquals(tensor, after.get(name), name);
          } else {
            assertNotEquals(tensor, after.get(name), name);
          }
        });
    assertEquals(start, RunManifest.read(artifacts.run(later)).start());
  }

  @Test
  void aNetworkIsTakenOverWithItsHead() throws IOException {
    TrainingEvent.Completed source = train(earlier, epochs(1));
    String path = "runs/" + earlier + "/" + source.checkpoint();

    train(later, new StartingPoint(Use.NETWORK, earlier, path, null), epochs(1));

    // Warm-up begins with a learning rate of 1e-8: the first step's loss is the model's own.
    TrainingEvent.Progress first =
        wire.await(TrainingEvent.Progress.class, later, e -> e.iteration() == 1);
    List<TrainingEvent.Progress> trained = wire.heard(TrainingEvent.Progress.class, earlier);
    assertTrue(first.loss() < trained.get(0).loss(), "it begins where the other one was");
    assertEquals(
        1, wire.await(TrainingEvent.Started.class, later).firstIteration(), "with a new schedule");
  }

  @Test
  void twoEpochsAndTwoMoreAreFourToTheBit() throws IOException {
    assertGoesOn(document -> {}, List.of("model", "optimizer"));
  }

  /** Three batches an epoch in groups of two; the average is what is evaluated. */
  @Test
  void soTheyAreWithAveragedWeightsAndGatheredGradients() throws IOException {
    assertGoesOn(
        document -> {
          set(document, "medtrans", "ema_decay", 0.9);
          set(document, "medtrans", "accumulate_steps", 2);
        },
        List.of("model", "unaveraged", "optimizer"));
  }

  /** What is transferred is not averaged with first weights that it never had. */
  @Test
  void theMovingAverageBeginsWithTheBackboneThatIsTakenOver() throws IOException {
    TrainingEvent.Completed source = train(earlier, epochs(1));
    String path = "runs/" + earlier + "/" + source.checkpoint();
    Consumer<ObjectNode> frozen = d -> set(d, "model_params", "freeze_backbone", true);

    TrainingEvent.Completed completed =
        train(
            later,
            new StartingPoint(Use.BACKBONE, earlier, path, null),
            epochs(1).andThen(frozen).andThen(d -> set(d, "medtrans", "ema_decay", 0.5)));

    Map<String, Tensor> averaged = model(completed);
    model(source)
        .forEach(
            (name, tensor) -> {
              if (name.startsWith("backbone.")) {
                assertEquals(tensor, averaged.get(name), name);
              }
            });
    assertEquals(
        averaged.get("backbone.cls_token"),
        saved(later, 3, "unaveraged").get("backbone.cls_token"));
  }

  private void assertGoesOn(Consumer<ObjectNode> recipe, List<String> files) throws IOException {
    Consumer<ObjectNode> constant =
        recipe.andThen(d -> set(d, "optimization_params", "default", constant(d)));
    TrainingEvent.Completed whole =
        train(UUID.randomUUID().toString(), constant.andThen(epochs(4)));
    train(earlier, constant.andThen(epochs(2)));
    StartingPoint start = new StartingPoint(Use.SESSION, earlier, "runs/" + earlier, null);

    TrainingEvent.Completed completed = train(later, start, constant.andThen(epochs(4)));

    assertEquals(7, wire.await(TrainingEvent.Started.class, later).firstIteration());
    assertEquals(whole.bestIteration(), completed.bestIteration());
    assertEquals(whole.metrics(), completed.metrics());
    for (String file : files) {
      assertEquals(saved(whole.runId(), 12, file), saved(later, 12, file), file);
    }
  }

  /** The best model of the earlier session still counts if no later one is better. */
  @Test
  void theBestModelSoFarGoesAlong() throws IOException {
    TrainingEvent.Completed source = train(earlier, epochs(2));
    StartingPoint start = new StartingPoint(Use.SESSION, earlier, "runs/" + earlier, null);

    TrainingEvent.Completed completed =
        train(later, start, epochs(3).andThen(d -> set(d, "training_params", "val_every", 100)));

    assertEquals(source.bestIteration(), completed.bestIteration());
    assertEquals(model(source), model(completed));
  }

  @Test
  void otherImagesAreNoSessionToGoOnWith() {
    train(earlier, epochs(1));
    PreparedDataset now = data.dataset();
    PreparedDataset other =
        new PreparedDataset(
            "other", now.description(), now.sizes(), now.leakingGroups(), null, 0, List.of());
    StartingPoint start = new StartingPoint(Use.SESSION, earlier, "runs/" + forged(other), null);
    request(later, start, epochs(2));

    TrainingEvent.Failed failed = wire.await(TrainingEvent.Failed.class, later);
    assertEquals(ErrorCode.CHECKPOINT_INCOMPATIBLE, failed.error().code());
  }

  @Test
  void aFileThatIsNoLongerWhatWasAcceptedIsRefused() throws IOException {
    TrainingEvent.Completed source = train(earlier, epochs(1));
    Path model = artifacts.run(earlier).resolve(source.checkpoint()).resolve("model.safetensors");
    Path copy = Files.copy(model, artifacts.root().resolve("copy-of-" + earlier));
    StartingPoint start = new StartingPoint(Use.BACKBONE, null, copy.toString(), Sha256.of(copy));
    train(later, start, epochs(1));

    Files.write(copy, new byte[] {1}, StandardOpenOption.APPEND);
    String refused = UUID.randomUUID().toString();
    request(refused, start, epochs(1));
    TrainingEvent.Failed failed = wire.await(TrainingEvent.Failed.class, refused);
    assertEquals(ErrorCode.CHECKPOINT_UNREADABLE, failed.error().code());
    assertTrue(failed.error().message().contains("has changed"), failed.error().message());
  }

  /** A copy of the earlier run's folder that says it was trained on {@code dataset}. */
  private String forged(PreparedDataset dataset) {
    RunManifest run = RunManifest.read(artifacts.run(earlier));
    String id = UUID.randomUUID().toString();
    try {
      new RunManifest(id, run.seed(), run.configSha256(), run.config(), dataset, null)
          .write(artifacts.run(id));
      return id;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Consumer<ObjectNode> epochs(int epochs) {
    return document -> set(document, "training_params", "epochs", epochs);
  }

  private static void set(ObjectNode document, String object, String key, Object value) {
    ((ObjectNode) document.get(object)).set(key, Json.tree(value));
  }

  private static ObjectNode constant(ObjectNode document) {
    ObjectNode optimization = document.at("/optimization_params/default").deepCopy();
    optimization.putObject("scheduler").putArray("type");
    ((ObjectNode) optimization.get("scheduler")).putObject("params");
    return optimization;
  }
}
