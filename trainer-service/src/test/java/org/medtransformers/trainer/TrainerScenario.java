package org.medtransformers.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.medtransformers.batches.GeneratedDataServer;
import org.medtransformers.batches.GeneratedDataServer.Answer;
import org.medtransformers.contracts.data.StartingPoint;
import org.medtransformers.contracts.event.Topics;
import org.medtransformers.contracts.event.TrainingEvent;
import org.medtransformers.contracts.tensor.Safetensors;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.localstack.LocalBroker;
import org.medtransformers.localstack.LocalDatabase;
import org.medtransformers.service.database.Database;
import org.medtransformers.service.path.Artifacts;
import org.medtransformers.service.testing.EventWire;

/** A trainer that is spoken to over Kafka, what it answers, and what it leaves on disk. */
@QuarkusTestResource(TrainerTestStack.class)
abstract class TrainerScenario {
  @Inject Database database;
  @Inject Artifacts artifacts;
  LocalBroker broker;
  LocalDatabase postgres;
  GeneratedDataServer data;
  EventWire wire;
  final String runId = UUID.randomUUID().toString();

  @BeforeEach
  void connect() {
    wire = new EventWire(broker.bootstrapServers(), Topics.TRAINING_EVENTS);
  }

  @AfterEach
  void disconnect() throws InterruptedException {
    data.behave();
    wire.close();
  }

  /** Asks for the run of {@code run.json}. */
  final void request(String run) {
    request(run, document -> {});
  }

  final void request(String run, Consumer<ObjectNode> changes) {
    wire.send(Topics.TRAINING_COMMANDS, Runs.request(run, data.dataset(), changes));
  }

  /** Asks for a run that begins with {@code start}, or afresh where it is null. */
  final void request(String run, StartingPoint start, Consumer<ObjectNode> changes) {
    TrainingEvent.Requested plain = Runs.request(run, data.dataset(), changes);
    wire.send(
        Topics.TRAINING_COMMANDS,
        new TrainingEvent.Requested(
            run,
            plain.seed(),
            plain.config(),
            plain.dataset(),
            plain.configSha256(),
            start,
            plain.experiment(),
            plain.order()));
  }

  /** Asks for the run of {@code run.json} and waits for its end. */
  final TrainingEvent.Completed train(String run) {
    return train(run, document -> {});
  }

  final TrainingEvent.Completed train(String run, Consumer<ObjectNode> changes) {
    return train(run, null, changes);
  }

  final TrainingEvent.Completed train(
      String run, StartingPoint start, Consumer<ObjectNode> changes) {
    request(run, start, changes);
    return wire.await(TrainingEvent.Completed.class, run);
  }

  /**
   * Trains as a trainer does that dies in the second epoch, or later, and is replaced.
   *
   * @param batch the end of the path of the batch that the first attempt never gets
   * @param last the iteration before it
   */
  final TrainingEvent.Completed trainInterrupted(
      String run, String batch, int last, Consumer<ObjectNode> changes) {
    hold(batch);
    request(run, changes);
    wire.await(TrainingEvent.Progress.class, run, e -> e.iteration() == last);
    awaitBest(run);
    takeLease(run);
    data.behave();
    loseLease(run);
    return wire.await(TrainingEvent.Completed.class, run);
  }

  /** Waits for the checkpoint of the best model told of, which is written beside the training. */
  final void awaitBest(String run) {
    int best =
        wire.heard(TrainingEvent.Validated.class, run).stream()
            .filter(TrainingEvent.Validated::best)
            .reduce((one, next) -> next)
            .orElseThrow()
            .iteration();
    wire.await(TrainingEvent.Checkpointed.class, run, e -> e.iteration() == best);
  }

  /** Lets the trainer wait for a batch. */
  final void hold(String batch) {
    data.misbehave(
        path ->
            path.endsWith(batch)
                ? Optional.of(Answer.problem(503, "UNAVAILABLE", "held"))
                : Optional.empty());
  }

  /** What the table looks like when the trainer was thought dead and another one has the job. */
  final void takeLease(String run) {
    assertEquals(
        1,
        database.update(
            "UPDATE job SET attempt = attempt + 1, owner = 'another',"
                + " lease_until = now() + interval '1 hour' WHERE run_id = ?",
            run));
  }

  /** What it looks like when that one was killed. */
  final void loseLease(String run) {
    assertEquals(
        1,
        database.update(
            "UPDATE job SET lease_until = now() - interval '1 second' WHERE run_id = ?", run));
  }

  /** First iterations of the attempts at a run. */
  final List<Integer> starts(String run) {
    return wire.heard(TrainingEvent.Started.class, run).stream()
        .map(TrainingEvent.Started::firstIteration)
        .toList();
  }

  /** The last iteration in a checkpoint that the first attempt at a run told of. */
  final int keptByFirstAttempt(String run) {
    int first = wire.heard(TrainingEvent.Started.class, run).get(0).attempt();
    return wire.heard(TrainingEvent.Checkpointed.class, run).stream()
        .filter(e -> e.attempt() == first)
        .mapToInt(TrainingEvent.Checkpointed::iteration)
        .max()
        .orElseThrow();
  }

  /** The checkpoints of a run that are there, newest first. */
  final List<Path> checkpointFolders(String run) {
    try (Stream<Path> entries = Files.list(artifacts.run(run).resolve("checkpoints"))) {
      return entries.filter(Files::isDirectory).sorted(Comparator.reverseOrder()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The iteration that a checkpoint was written after. */
  static int iteration(Path checkpoint) {
    return Integer.parseInt(checkpoint.getFileName().toString().replaceFirst(".*-", ""));
  }

  /**
   * What a run's checkpoint holds.
   *
   * @param file without its ending, such as {@code model}
   */
  final Map<String, Tensor> saved(String run, int iteration, String file) throws IOException {
    Path folder =
        checkpointFolders(run).stream()
            .filter(checkpoint -> iteration(checkpoint) == iteration)
            .findFirst()
            .orElseThrow();
    return Safetensors.read(folder.resolve(file + ".safetensors")).tensors();
  }

  /** The model that a run has ended with. */
  final Map<String, Tensor> model(TrainingEvent.Completed completed) throws IOException {
    Path folder = artifacts.run(completed.runId()).resolve(completed.checkpoint());
    return Safetensors.read(folder.resolve("model.safetensors")).tensors();
  }
}
