package org.medtransformers.gateway.letter;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.medtransformers.contracts.event.Topics;
import org.medtransformers.contracts.metric.Metric;
import org.medtransformers.service.database.Database;
import org.medtransformers.service.metric.Meters;
import org.medtransformers.service.metric.Rows;

/** How many dead letters wait for somebody, and since when. */
@Singleton
final class LetterGauges {
  private static final String WAITING =
      "SELECT topic, count(*) FROM dead_letter WHERE state = 'WAITING' GROUP BY topic";
  private static final String AGE =
      "SELECT extract(epoch FROM now() - min(put_at)) FROM dead_letter WHERE state = 'WAITING'";

  private final Database database;
  private final Rows waiting;
  private volatile double age;

  LetterGauges(Database database, Meters meters) {
    this.database = database;
    this.waiting = meters.rows(Metric.DEAD_LETTERS_WAITING);
    meters.gauge(Metric.DEAD_LETTERS_AGE, () -> age);
  }

  @Scheduled(every = "5s", skipExecutionIf = Scheduled.ApplicationNotRunning.class)
  void count() {
    Map<List<String>, Long> byTopic = new LinkedHashMap<>();
    Topics.all().forEach(topic -> byTopic.put(List.of(Topics.ofDeadLetter(topic)), 0L));
    database.query(WAITING, row -> byTopic.put(List.of(row.getString(1)), row.getLong(2)));
    waiting.set(byTopic);
    age = database.query(AGE, row -> row.getDouble(1)).get(0);
  }
}
