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

/**
 * Streams of server-sent events that go on. Each looks into the database when there is news, and
 * now and then for what another replica has written there, and holds no thread in between. All it
 * knows is how far its client knows, so that one who was cut off can go on at any replica, or at
 * the same one after a restart.
 */
@Singleton
final class LiveStreams {
  /** What one client has not been told yet. */
  interface Source {
    /** What is new since the last look. */
    Found look();

    /** Shows that a silent stream is alive. */
    OutboundSseEvent alive();
  }

  /**
   * @param over whether nothing can follow
   */
  record Found(List<OutboundSseEvent> messages, boolean over) {}

  private final GatewayConfig.Stream config;
  private final OpenStreams open;
  private final OutboundSseEvent end;

  LiveStreams(Sse sse, GatewayConfig config) {
    this.config = config.stream();
    this.end = sse.newEventBuilder().comment("never sent").build();
    this.open = new OpenStreams(config.stream().max(), config.stream().maxPerClient());
  }

  /**
   * All that {@code source} finds, until that is over.
   *
   * @param news when to look besides
   * @param client by which streams are counted
   * @throws MedtransException {@code UNAVAILABLE} where there are too many streams already, before
   *     anything is sent
   */
  Multi<OutboundSseEvent> of(Source source, Multi<String> news, String client) {
    OpenStreams.Place place = open.take(client);
    return follow(new Follower(source), news).onTermination().invoke(place::leave);
  }

  private Multi<OutboundSseEvent> follow(Follower follower, Multi<String> news) {
    return Multi.createBy()
        .merging()
        .streams(news, Multi.createFrom().ticks().every(config.pollEvery()).map(tick -> "tick"))
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

  /** One client's place. */
  private final class Follower {
    private final Source source;
    private Duration silence = Duration.ZERO;

    Follower(Source source) {
      this.source = source;
    }

    /** What is new, and {@link #end} where nothing can follow. */
    List<OutboundSseEvent> look() {
      Found found = source.look();
      List<OutboundSseEvent> messages = new ArrayList<>(found.messages());
      silence = messages.isEmpty() ? silence.plus(config.pollEvery()) : Duration.ZERO;
      if (silence.compareTo(config.heartbeatEvery()) >= 0) {
        silence = Duration.ZERO;
        messages.add(source.alive());
      }
      if (found.over()) {
        messages.add(end);
      }
      return messages;
    }
  }
}
