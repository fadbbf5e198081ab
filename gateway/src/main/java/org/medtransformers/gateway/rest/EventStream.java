package org.medtransformers.gateway.rest;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Singleton;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.List;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.gateway.config.GatewayConfig;
import org.medtransformers.gateway.experiment.Experiments;
import org.medtransformers.gateway.experiment.Followed;

/**
 * The history of an experiment as a stream. Each stream looks into the history table now and then
 * and holds no thread in between. All it knows is the last id it has sent, so a client can go on at
 * any replica, or at the same one after a restart.
 */
@Singleton
final class EventStream {
  private final Experiments experiments;
  private final Sse sse;
  private final GatewayConfig.Stream config;

  EventStream(Experiments experiments, Sse sse, GatewayConfig config) {
    this.experiments = experiments;
    this.sse = sse;
    this.config = config.stream();
  }

  /**
   * What happened after the event {@code lastId}, then what happens, until the experiment ends.
   *
   * @throws MedtransException {@code NOT_FOUND}, before anything is sent
   */
  Multi<OutboundSseEvent> of(String id, long lastId) {
    experiments.requireExists(id);
    return Multi.createBy()
        .repeating()
        .uni(() -> new Follower(id, lastId), follower -> look(follower))
        .withDelay(config.pollEvery())
        .whilst(look -> !look.last())
        .onItem()
        .transformToIterable(Look::messages);
  }

  private static Uni<Look> look(Follower follower) {
    return Uni.createFrom()
        .item(follower::look)
        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
  }

  /**
   * @param last whether nothing can follow
   */
  private record Look(List<OutboundSseEvent> messages, boolean last) {}

  /** One client's place in the history. */
  private final class Follower {
    private final String id;
    private long lastId;
    private Duration silence = Duration.ZERO;

    Follower(String id, long lastId) {
      this.id = id;
      this.lastId = lastId;
    }

    Look look() {
      Followed news = experiments.follow(id, lastId, config.batch());
      lastId = news.lastId();
      silence = news.items().isEmpty() ? silence.plus(config.pollEvery()) : Duration.ZERO;
      if (silence.compareTo(config.heartbeatEvery()) >= 0) {
        silence = Duration.ZERO;
        return new Look(List.of(heartbeat()), news.over());
      }
      return new Look(news.items().stream().map(this::message).toList(), news.over());
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
