package org.medtransformers.service.access;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.service.ServiceTestStack;

/** Pages of others get no answer, and nothing of what they send is read. */
@QuarkusTest
@QuarkusTestResource(ServiceTestStack.class)
class RequestGuardTest {
  private static final String BODY = "{\"name\": \"a\", \"count\": 1}";

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "127.0.0.1", "[::1]", "10.1.2.3", "LOCALHOST", "service.example"})
  void aNameOfTheServiceIsAnswered(String host) {
    given()
        .header("Host", host + ":" + RestAssured.port)
        .get("/q/health/live")
        .then()
        .statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "a"})
  void aNameThatSomebodyHasPointedAtTheServiceIsNot(String host) {
    given()
        .header("Host", host)
        .get("/problems/page?size=1")
        .then()
        .statusCode(403)
        .contentType("application/problem+json")
        .body("code", equalTo("NOT_PERMITTED"))
        .body("detail", containsString(host));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://evil.example", "null", "http://localhost:1", "file://", "https://a b"})
  void aPageOfAnotherOriginIsNotAnswered(String origin) {
    for (String method : new String[] {"GET", "POST", "OPTIONS"}) {
      given()
          .header("Origin", origin)
          .header("Access-Control-Request-Method", "POST")
          .contentType("application/json")
          .request(method, "/problems")
          .then()
          .statusCode(403)
          .body("code", equalTo("NOT_PERMITTED"))
          .header("Access-Control-Allow-Origin", nullValue());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "service.example,      http://service.example",
    "service.example,      https://service.example",
    "service.example:443,  https://service.example",
    "service.example:8443, https://service.example:8443",
    "10.1.2.3:8080,        http://10.1.2.3:8080"
  })
  void aPageOfTheServiceIsAnsweredButNoOtherOriginIsAllowedToRead(String host, String origin) {
    given()
        .header("Host", host)
        .header("Origin", origin)
        .contentType("application/json")
        .body(BODY)
        .post("/problems")
        .then()
        .statusCode(200)
        .header("Access-Control-Allow-Origin", nullValue());
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void aBodyWithoutATypeIsNotRead(HttpClient.Version version)
      throws IOException, InterruptedException {
    assertEquals(415, post(version, BODY));
    // Without a body it is what the resource says of that.
    assertEquals(204, post(version, ""));
  }

  private static int post(HttpClient.Version version, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + "/problems"))
            .POST(BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer =
        HttpClient.newBuilder().version(version).build().send(request, BodyHandlers.ofString());
    return answer.statusCode();
  }

  @Test
  void everyAnswerIsClosedToFramesAndGuesses() {
    for (String path : new String[] {"/problems/known", "/nowhere", "/q/health/live"}) {
      given()
          .get(path)
          .then()
          .header("X-Content-Type-Options", "nosniff")
          .header("X-Frame-Options", "DENY")
          .header("Referrer-Policy", "same-origin")
          .header("Strict-Transport-Security", nullValue());
    }
  }
}
