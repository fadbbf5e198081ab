package org.medtransformers.gateway.rest;

import io.smallrye.mutiny.Multi;
import jakarta.inject.Singleton;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.gateway.access.Access;
import org.medtransformers.gateway.config.GatewayConfig;
import org.medtransformers.gateway.entity.Scope;
import org.medtransformers.gateway.experiment.Experiments;
import org.medtransformers.gateway.experiment.Followed;
import org.medtransformers.gateway.history.ExperimentNews;

/** The history of an experiment as a stream: all that was ever said, in order. */
@Singleton
final class EventStream {
  private final Experiments experiments;
  private final ExperimentNews news;
  private final LiveStreams streams;
  private final Sse sse;
  private final int batch;
  private final Access access;

  EventStream(
      Experiments experiments,
      ExperimentNews news,
      LiveStreams streams,
      Sse sse,
      GatewayConfig config,
      Access access) {
    this.experiments = experiments;
    this.news = news;
    this.streams = streams;
    this.sse = sse;
    this.batch = config.stream().batch();
    this.access = access;
  }

  /**
   * What happened after the event {@code lastId}, then what happens, until the experiment ends.
   *
   * @param client by which streams are counted
   * @throws MedtransException {@code NOT_FOUND}, or {@code UNAVAILABLE} where there are too many
   *     streams already, before anything is sent
   */
  Multi<OutboundSseEvent> of(String id, long lastId, String client) {
    experiments.require(id);
    return streams.of(new Follower(id, access.scope(), lastId), news.of(id), client);
  }

  /** One client's place in the history. */
  private final class Follower implements LiveStreams.Source {
    private final String id;
    private final Scope scope;
    private long lastId;

    Follower(String id, Scope scope, long lastId) {
      this.id = id;
      this.scope = scope;
      this.lastId = lastId;
    }

    @Override
    public LiveStreams.Found look() {
      Followed found = experiments.follow(id, scope, lastId, batch);
      lastId = found.lastId();
      return new LiveStreams.Found(
          found.items().stream().map(this::message).toList(), found.over());
    }

    private OutboundSseEvent message(Followed.Item item) {
      return sse.newEventBuilder()
          .id(Long.toString(item.id()))
          .name(item.type())
          .data(String.class, item.payload())
          .build();
    }

    @Override
    public OutboundSseEvent alive() {
      return sse.newEventBuilder().comment("still here").build();
    }
  }
}
