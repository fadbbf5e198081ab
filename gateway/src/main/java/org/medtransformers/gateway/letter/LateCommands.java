package org.medtransformers.gateway.letter;

import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.event.EventTypes;
import org.medtransformers.contracts.event.Stage;
import org.medtransformers.gateway.entity.Ids;
import org.medtransformers.gateway.entity.RunEntity;

/**
 * Commands that come too late. A worker does whatever it is told to do with a run, and does not
 * know that the run has ended, was deleted, or has got beyond that command, which came another way:
 * the gateway does. What else is said of a run, such as that it is to stop, is always of use.
 */
@Singleton
final class LateCommands {
  /**
   * Why a record is not to be sent again; empty where it is no command to begin a stage of a run,
   * where the run waits for that, and where nobody could read which run it is.
   *
   * @param type CloudEvents type; null where the record has none
   * @param data null where the record has none
   */
  Optional<String> reason(String type, byte[] data) {
    return Optional.ofNullable(type)
        .flatMap(EventTypes::named)
        .flatMap(Stage::begunBy)
        .flatMap(stage -> run(data).flatMap(run -> reason(type, stage, run)));
  }

  private static Optional<String> run(byte[] data) {
    try {
      return Optional.ofNullable(data)
          .map(bytes -> Json.parse(new String(bytes, StandardCharsets.UTF_8)).path("runId"))
          .map(id -> id.textValue());
    } catch (UncheckedIOException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> reason(String type, Stage stage, String id) {
    Optional<RunEntity> run = Ids.parse(id).flatMap(key -> RunEntity.findByIdOptional(key));
    String command = "is the command " + type + " for run " + id;
    if (run.isEmpty()) {
      return Optional.of(command + ", which is not known: it was deleted, or never was here");
    }
    return run.filter(r -> r.state != stage.state())
        .map(r -> r.state)
        .map(
            state ->
                command + (state.terminal() ? ", which has ended: " : ", which is now ") + state);
  }
}
