package org.medtransformers.gateway.rest;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Answers the addresses of the page's views with the page itself, whose script shows what the
 * address says ({@code router.ts} knows the same). Any other path keeps its own answer.
 */
@Singleton
final class PageRoutes {
  /** Of one segment more a model's name is made: it may have slashes. */
  private static final String VIEWS =
      "/(experiments|compare|datasets|models|machine|access|(experiments|runs|datasets)/[^/]+|models/.+)/?";

  private static final String PAGE = "/";

  void register(@Observes Router router) {
    router.getWithRegex(VIEWS).handler(PageRoutes::showPage);
    router.headWithRegex(VIEWS).handler(PageRoutes::showPage);
  }

  private static void showPage(RoutingContext request) {
    request.reroute(PAGE);
  }
}
