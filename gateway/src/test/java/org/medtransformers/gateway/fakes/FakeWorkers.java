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
import org.medtransformers.contracts.event.Topics;
import org.medtransformers.contracts.event.TrainingEvent;

/**
 * Stands in for data-service, trainer and eval-service: answers their commands over Kafka at once.
 * What it answers depends on the run's model name, see {@link FakeTraining}. A record that comes
 * twice is answered once, as by real workers.
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
  private final Map<String, TrainingEvent.Requested> held = new ConcurrentHashMap<>();
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
    List<String> topics =
        List.of(Topics.DATASET_COMMANDS, Topics.TRAINING_COMMANDS, Topics.EVALUATION_COMMANDS);
    try (KafkaConsumer<String, byte[]> consumer = PlainKafka.consumer(topics);
        KafkaProducer<String, byte[]> producer = PlainKafka.producer()) {
      while (!stopping) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          if (!seen.add(CloudEvents.attribute(record, "id"))) {
            continue;
          }
          Event command = CloudEvents.event(record);
          commands.add(command);
          for (Event answer : answers(command)) {
            Future<RecordMetadata> unused = producer.send(CloudEvents.record(answer));
          }
        }
      }
    }
  }

  private List<Event> answers(Event command) {
    if (command instanceof DatasetEvent.PrepareRequested c) {
      if (c.dataset().dataLocation().endsWith(NO_ANSWER)) {
        return List.of();
      }
      return List.of(
          new DatasetEvent.PrepareProgress(c.runId(), c.order().resumedAfter() + 1, 50, 100),
          new DatasetEvent.Prepared(c.runId(), c.order().resumedAfter() + 1, FakeTraining.DATASET));
    }
    if (command instanceof TrainingEvent.Requested c) {
      held.put(c.runId(), c);
      return FakeTraining.answers(c);
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
    if (command instanceof RunCancelRequested c && held.containsKey(c.runId())) {
      int attempt = FakeTraining.attempt(held.get(c.runId()));
      return List.of(new TrainingEvent.Cancelled(c.runId(), attempt, 5));
    }
    return List.of();
  }

  private long seed(String runId) {
    return held.containsKey(runId) ? held.get(runId).seed() : 0;
  }
}
