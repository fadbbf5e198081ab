package org.medtransformers.gateway.proposal;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.AbstractMap.SimpleEntry;
import java.util.Map;
import java.util.stream.Collectors;
import org.medtransformers.gateway.config.GatewayConfig;
import org.medtransformers.planning.Setting;
import org.medtransformers.planning.Speed;
import org.medtransformers.service.database.Database;

/**
 * Speeds that were measured, in the database. Those of the machine count that was measured last:
 * where another one trains now, its speeds are measured before anything is planned on them.
 */
@Singleton
final class SpeedTable {
  private static final String RECENT =
      """
      SELECT setting, image, evaluated, validation, run, machine FROM measured_speed
      WHERE measured_at > ? AND machine =
        (SELECT machine FROM measured_speed ORDER BY measured_at DESC LIMIT 1)
      """;
  private static final String REMEMBER =
      """
      INSERT INTO measured_speed
        (setting, machine, image, evaluated, validation, run, measured_at)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (setting, machine) DO UPDATE SET image = excluded.image,
        evaluated = excluded.evaluated, validation = excluded.validation, run = excluded.run,
        measured_at = excluded.measured_at
      """;

  private final Database database;
  private final GatewayConfig.Planning config;
  private final Clock clock;

  SpeedTable(Database database, GatewayConfig config, Clock clock) {
    this.database = database;
    this.config = config.planning();
    this.clock = clock;
  }

  /** What is remembered, by the key of its setting. */
  Map<String, Speed> recent() {
    return database
        .query(
            RECENT,
            row ->
                new SimpleEntry<>(
                    row.getString(1),
                    new Speed(
                        row.getDouble(2),
                        row.getDouble(3),
                        row.getDouble(4),
                        row.getDouble(5),
                        row.getString(6))),
            now().minus(config.memory()))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  void remember(Map<Setting, Speed> measured) {
    measured.forEach(
        (setting, speed) ->
            database.update(
                REMEMBER,
                setting.key(),
                speed.machine(),
                speed.perImage(),
                speed.perEvaluated(),
                speed.perValidation(),
                speed.perRun(),
                now()));
  }

  private OffsetDateTime now() {
    return OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
  }
}
