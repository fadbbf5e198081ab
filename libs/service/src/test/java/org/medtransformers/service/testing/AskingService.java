package org.medtransformers.service.testing;

import io.quarkus.test.junit.callback.QuarkusTestBeforeEachCallback;
import io.quarkus.test.junit.callback.QuarkusTestMethodContext;
import io.restassured.RestAssured;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.time.Clock;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.medtransformers.contracts.ServiceName;
import org.medtransformers.tokens.PeerKey;
import org.medtransformers.tokens.PeerToken.About;
import org.medtransformers.tokens.PeerTokens;

/**
 * Makes the requests of tests those of the service that sends such, where the service under test
 * answers no other: of the gateway, in somebody's name, or of the trainer for the batches of a
 * loader. A request that has the header already stays as it is.
 */
public final class AskingService implements QuarkusTestBeforeEachCallback {
  private static final String HEADER = "Authorization";
  private static final Pattern BATCH = Pattern.compile(".*/loaders/([^/]+)/epochs/.*");

  @Override
  public void beforeEach(QuarkusTestMethodContext context) {
    Config config = ConfigProvider.getConfig();
    if (config.getOptionalValue("medtrans.access.services-only", boolean.class).orElse(false)) {
      RestAssured.replaceFiltersWith(AskingService::asked);
    }
  }

  private static Response asked(
      FilterableRequestSpecification request,
      FilterableResponseSpecification response,
      FilterContext context) {
    if (!request.getHeaders().hasHeaderWithName(HEADER)) {
      Matcher batch = BATCH.matcher(request.getURI());
      request.header(
          HEADER,
          batch.matches()
              ? bearer(ServiceName.TRAINER, About.loader(batch.group(1)))
              : bearer(ServiceName.GATEWAY, About.person("tester")));
    }
    return context.next(request, response);
  }

  /** What {@code issuer} shows the service under test. */
  public static String bearer(ServiceName issuer, About about) {
    Config config = ConfigProvider.getConfig();
    Optional<ServiceName> self =
        ServiceName.named(config.getValue("quarkus.application.name", String.class));
    PeerKey key = PeerKey.of(config.getValue("medtrans.access.service-key", String.class));
    return "Bearer " + new PeerTokens(key, issuer, Clock.systemUTC()).to(self.orElseThrow(), about);
  }
}
