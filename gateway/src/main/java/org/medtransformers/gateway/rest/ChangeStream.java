package org.medtransformers.gateway.rest;

import io.smallrye.mutiny.Multi;
import jakarta.inject.Singleton;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.gateway.access.Access;
import org.medtransformers.gateway.config.GatewayConfig;
import org.medtransformers.gateway.entity.Scope;
import org.medtransformers.gateway.experiment.ChangePlace;
import org.medtransformers.gateway.experiment.Changed;
import org.medtransformers.gateway.experiment.Changes;
import org.medtransformers.gateway.experiment.Experiments;

/**
 * What changes, of all experiments that somebody may see or of one, for a page that shows it: where
 * an experiment or a run changes often, only how it is at each look is told. It looks at its own
 * pace, whatever happens.
 */
@Singleton
final class ChangeStream {
  /** Look at everything: at the beginning, and where more has changed than is told. */
  private static final String RESET = "reset";

  private static final String EXPERIMENT = "experiment.changed";
  private static final String DELETED = "experiment.deleted";
  private static final String RUN = "run.changed";

  private final Experiments experiments;
  private final Changes changes;
  private final LiveStreams streams;
  private final Sse sse;
  private final int most;
  private final Access access;

  ChangeStream(
      Experiments experiments,
      Changes changes,
      LiveStreams streams,
      Sse sse,
      GatewayConfig config,
      Access access) {
    this.experiments = experiments;
    this.changes = changes;
    this.streams = streams;
    this.sse = sse;
    this.most = config.stream().batch();
    this.access = access;
  }

  /**
   * What has changed after {@code place}, then what changes; it does not end.
   *
   * @param place the id of the last message that was heard; null: from now on
   * @param experiment the only one that is told of; null: all
   * @param client by which streams are counted
   * @throws MedtransException {@code NOT_FOUND}, or {@code UNAVAILABLE} where there are too many
   *     streams already, before anything is sent
   */
  Multi<OutboundSseEvent> of(Long place, String experiment, String client) {
    UUID only = experiment == null ? null : experiments.require(experiment);
    return streams.of(
        new Follower(place, only, access.scope()), Multi.createFrom().empty(), client);
  }

  /** One client's place. */
  private final class Follower implements LiveStreams.Source {
    private final UUID experiment;
    private final Scope scope;
    private ChangePlace place;

    Follower(Long place, UUID experiment, Scope scope) {
      this.scope = scope;
      this.place = place == null ? null : ChangePlace.after(place);
      this.experiment = experiment;
    }

    @Override
    public LiveStreams.Found look() {
      return new LiveStreams.Found(place == null ? begin() : next(), false);
    }

    private List<OutboundSseEvent> begin() {
      place = changes.now();
      return List.of(message(RESET, "{}").id(id()).build());
    }

    private List<OutboundSseEvent> next() {
      Changed found = changes.since(place, experiment, scope, most);
      place = found.place();
      if (found.missed()) {
        return List.of(message(RESET, "{}").id(id()).build());
      }
      List<OutboundSseEvent.Builder> messages = new ArrayList<>();
      found.experiments().forEach(e -> messages.add(message(EXPERIMENT, Json.write(e))));
      found
          .gone()
          .forEach(id -> messages.add(message(DELETED, Json.write(new Changed.Deleted(id)))));
      found.runs().forEach(r -> messages.add(message(RUN, Json.write(r))));
      if (!messages.isEmpty()) {
        // Who is cut off before the last message has not heard all that came before this place.
        messages.get(messages.size() - 1).id(id());
      }
      return messages.stream().map(OutboundSseEvent.Builder::build).toList();
    }

    private String id() {
      return Long.toString(place.transaction());
    }

    private OutboundSseEvent.Builder message(String name, String data) {
      return sse.newEventBuilder().name(name).data(String.class, data);
    }

    /** With the place, so that who was long silent does not go on from far behind. */
    @Override
    public OutboundSseEvent alive() {
      return sse.newEventBuilder().id(id()).comment("still here").build();
    }
  }
}
