package org.medtransformers.gateway;

import io.quarkus.test.junit.callback.QuarkusTestBeforeClassCallback;
import io.restassured.RestAssured;
import java.util.List;

/** Has every test ask as the administrator of the installation, unless it says as whom. */
public final class SignedIn implements QuarkusTestBeforeClassCallback {
  private static final String AUTHORIZATION = "Authorization";

  @Override
  public void beforeClass(Class<?> testClass) {
    RestAssured.replaceFiltersWith(
        List.of(
            (request, response, context) -> {
              if (!request.getHeaders().hasHeaderWithName(AUTHORIZATION)) {
                request.header(AUTHORIZATION, "Bearer " + GatewayTestStack.TOKEN);
              }
              return context.next(request, response);
            }));
  }
}
