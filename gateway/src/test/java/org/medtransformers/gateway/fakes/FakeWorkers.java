package org.medtransformers.gateway.fakes;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.medtransformers.contracts.event.DatasetEvent;
import org.medtransformers.contracts.event.EvaluationEvent;
import org.medtransformers.contracts.event.Event;
import org.medtransformers.contracts.event.RunCancelRequested;
import org.medtransformers.contracts.event.RunHeld;
import org.medtransformers.contracts.event.RunInquired;
import org.medtransformers.contracts.event.RunUnknown;
import org.medtransformers.contracts.event.Stage;
import org.medtransformers.contracts.event.TrainingEvent;

/**
 * Stands in for data-service, trainer and eval-service: answers their commands over Kafka at once.
 * What it answers depends on the run's model name, see {@link FakeTraining}. A record that comes
 * twice is answered once, and whoever asks is told what is known, as by real workers.
 */
@ApplicationScoped
public class FakeWorkers {
  /** End of a data location that is prepared for ever. */
  public static final String NO_ANSWER = "no-answer";

  /** What every evaluation has to say of itself. */
  private static final String NOTICE = "knn: the number of neighbours is chosen on the split";

  /** What data set, training and evaluation have to say of every run. */
  public static final List<String> NOTICES =
      Stream.concat(
              FakeTraining.DATASET.warnings().stream(), Stream.of(FakeTraining.NOTICE, NOTICE))
          .toList();

  private final Thread thread = new Thread(this::work, "fake-workers");
  private final List<Event> commands = new CopyOnWriteArrayList<>();
  private final Map<String, TrainingEvent.Requested> trainings = new ConcurrentHashMap<>();

  /** What is known of a run at a stage: that it is held, or how it has ended. */
  private final Map<String, Event> jobs = new ConcurrentHashMap<>();

  /** Runs that nobody ever says anything of. */
  private final Set<String> silent = ConcurrentHashMap.newKeySet();

  private final Set<String> seen = new HashSet<>();
  private volatile boolean stopping;

  void start(@Observes StartupEvent event) {
    thread.setDaemon(true);
    thread.start();
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    stopping = true;
    thread.join();
  }

  /** The commands of one kind that have come for {@code runId}. */
  public <T extends Event> List<T> commands(String runId, Class<T> kind) {
    return commands.stream()
        .filter(c -> c.key().equals(runId))
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  private void work() {
    List<String> topics = Stage.all().stream().map(Stage::commands).toList();
    try (KafkaConsumer<String, byte[]> consumer = PlainKafka.consumer(topics);
        KafkaProducer<String, byte[]> producer = PlainKafka.producer()) {
      while (!stopping) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          if (!seen.add(CloudEvents.attribute(record, "id"))) {
            continue;
          }
          Event command = CloudEvents.event(record);
          Stage stage = stage(record.topic());
          commands.add(command);
          for (Event answer : answers(stage, command)) {
            Future<RecordMetadata> unused =
                producer.send(
                    CloudEvents.record(stage.events(), UUID.randomUUID().toString(), answer));
          }
        }
      }
    }
  }

  private static Stage stage(String commands) {
    return Stage.all().stream()
        .filter(s -> s.commands().equals(commands))
        .findFirst()
        .orElseThrow();
  }

  private List<Event> answers(Stage stage, Event command) {
    if (silent.contains(command.key())) {
      return List.of();
    }
    if (command instanceof RunInquired) {
      return List.of(known(stage, command.key()));
    }
    if (command instanceof RunCancelRequested) {
      return cancelled(stage, command.key());
    }
    List<Event> work = work(command);
    if (work.isEmpty()) {
      return List.of();
    }
    Event last = work.get(work.size() - 1);
    if (last instanceof TrainingEvent.Checkpointed held) {
      jobs.put(stage + command.key(), new RunHeld(command.key(), stage, held.attempt()));
      return work;
    }
    jobs.put(stage + command.key(), last);
    return modelName(command).equals(FakeTraining.LOST_RESULT)
        ? work.subList(0, work.size() - 1)
        : work;
  }

  /** The end of the job where it has one. */
  private Event known(Stage stage, String runId) {
    return jobs.getOrDefault(stage + runId, new RunUnknown(runId, stage));
  }

  private List<Event> cancelled(Stage stage, String runId) {
    Event known = known(stage, runId);
    if (known instanceof RunHeld && !modelName(trainings.get(runId)).equals(FakeTraining.DEAF)) {
      Event end = new TrainingEvent.Cancelled(runId, FakeTraining.attempt(trainings.get(runId)), 5);
      jobs.put(stage + runId, end);
      return List.of(known, end);
    }
    return List.of(known);
  }

  private static String modelName(Event command) {
    return command instanceof TrainingEvent.Requested c ? c.config().training().modelName() : "";
  }

  private List<Event> work(Event command) {
    if (command instanceof DatasetEvent.PrepareRequested c) {
      if (c.dataset().dataLocation().endsWith(NO_ANSWER)) {
        silent.add(c.runId());
        return List.of();
      }
      return List.of(
          new DatasetEvent.PrepareProgress(c.runId(), c.order().resumedAfter() + 1, 50, 100),
          new DatasetEvent.Prepared(c.runId(), c.order().resumedAfter() + 1, FakeTraining.DATASET));
    }
    if (command instanceof TrainingEvent.Requested c) {
      boolean first = trainings.put(c.runId(), c) == null;
      boolean lost =
          modelName(c).equals(FakeTraining.LOST_COMMANDS)
              || (first && modelName(c).equals(FakeTraining.LOST_COMMAND));
      return lost ? List.of() : FakeTraining.answers(c);
    }
    if (command instanceof EvaluationEvent.Requested c) {
      return List.of(
          new EvaluationEvent.Completed(
              c.runId(),
              c.order().resumedAfter() + 1,
              FakeTraining.metrics(0.5 + 0.1 * seed(c.runId())),
              "runs/" + c.runId() + "/results.json",
              List.of(NOTICE),
              FakeTraining.INFERENCE));
    }
    return List.of();
  }

  private long seed(String runId) {
    return trainings.containsKey(runId) ? trainings.get(runId).seed() : 0;
  }
}
