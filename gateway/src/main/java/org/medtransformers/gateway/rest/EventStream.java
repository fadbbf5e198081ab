package org.medtransformers.gateway.rest;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Singleton;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.gateway.config.GatewayConfig;
import org.medtransformers.gateway.experiment.Experiments;
import org.medtransformers.gateway.experiment.Followed;
import org.medtransformers.gateway.history.ExperimentNews;

/**
 * The history of an experiment as a stream. Each stream looks into the history table when there is
 * news, and now and then for what another replica has written there, and holds no thread in
 * between. All it knows is the last id it has sent, so a client can go on at any replica, or at the
 * same one after a restart.
 */
@Singleton
final class EventStream {
  private final Experiments experiments;
  private final ExperimentNews news;
  private final Sse sse;
  private final GatewayConfig.Stream config;
  private final OpenStreams open;
  private final OutboundSseEvent end;

  EventStream(Experiments experiments, ExperimentNews news, Sse sse, GatewayConfig config) {
    this.experiments = experiments;
    this.news = news;
    this.sse = sse;
    this.config = config.stream();
    this.open = new OpenStreams(config.stream().max(), config.stream().maxPerClient());
    this.end = sse.newEventBuilder().comment("never sent").build();
  }

  /**
   * What happened after the event {@code lastId}, then what happens, until the experiment ends.
   *
   * @param client by which streams are counted
   * @throws MedtransException {@code NOT_FOUND}, or {@code UNAVAILABLE} where there are too many
   *     streams already, before anything is sent
   */
  Multi<OutboundSseEvent> of(String id, long lastId, String client) {
    experiments.requireExists(id);
    OpenStreams.Place place = open.take(client);
    return follow(new Follower(id, lastId)).onTermination().invoke(place::leave);
  }

  private Multi<OutboundSseEvent> follow(Follower follower) {
    String id = follower.id;
    return Multi.createBy()
        .merging()
        .streams(news.of(id), Multi.createFrom().ticks().every(config.pollEvery()).map(tick -> id))
        // Of all that comes while it looks, one is enough to look again.
        .onOverflow()
        .dropPreviousItems()
        .onItem()
        .transformToUniAndConcatenate(unused -> look(follower))
        .onItem()
        .transformToIterable(messages -> messages)
        .select()
        .first(message -> message != end);
  }

  private static Uni<List<OutboundSseEvent>> look(Follower follower) {
    return Uni.createFrom()
        .item(follower::look)
        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
  }

  /** One client's place in the history. */
  private final class Follower {
    private final String id;
    private long lastId;
    private Duration silence = Duration.ZERO;

    Follower(String id, long lastId) {
      this.id = id;
      this.lastId = lastId;
    }

    /** What is new, and {@link #end} where nothing can follow. */
    List<OutboundSseEvent> look() {
      Followed found = experiments.follow(id, lastId, config.batch());
      lastId = found.lastId();
      silence = found.items().isEmpty() ? silence.plus(config.pollEvery()) : Duration.ZERO;
      List<OutboundSseEvent> messages = new ArrayList<>();
      found.items().forEach(item -> messages.add(message(item)));
      if (silence.compareTo(config.heartbeatEvery()) >= 0) {
        silence = Duration.ZERO;
        messages.add(heartbeat());
      }
      if (found.over()) {
        messages.add(end);
      }
      return messages;
    }

    private OutboundSseEvent message(Followed.Item item) {
      return sse.newEventBuilder()
          .id(Long.toString(item.id()))
          .name(item.type())
          .data(String.class, item.payload())
          .build();
    }

    private OutboundSseEvent heartbeat() {
      return sse.newEventBuilder().comment("still here").build();
    }
  }
}
