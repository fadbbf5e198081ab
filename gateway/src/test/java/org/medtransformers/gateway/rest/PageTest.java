package org.medtransformers.gateway.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.gateway.GatewayTestStack;

/** The page is at its addresses, and nowhere else. */
@QuarkusTest
@QuarkusTestResource(GatewayTestStack.class)
class PageTest {
  private static final Pattern SCRIPT = Pattern.compile("src=\"(/static/bundle/[^\"]+\\.js)\"");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/experiments",
        "/experiments/",
        "/experiments/new",
        "/experiments/0f8fad5b-d9cb-469f-a165-70867728950e",
        "/compare?ids=a&ids=b",
        "/runs/0f8fad5b-d9cb-469f-a165-70867728950e",
        "/datasets",
        "/datasets/abc",
        "/models",
        "/models/a/name%20with/parts",
        "/machine"
      })
  void eachAddressOfAViewIsThePage(String address) {
    given()
        .urlEncodingEnabled(false)
        .get(address)
        .then()
        .statusCode(200)
        .contentType("text/html")
        .body(containsString("<mt-app>"))
        .header("Cache-Control", "no-cache");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/nothing", "/api/experiments", "/q/nothing", "/runs", "/other"})
  void otherAddressesAreNot(String address) {
    given().get(address).then().statusCode(404).body(not(containsString("<mt-app>")));
  }

  @Test
  void anUnknownIdOfTheApiIsAProblemDocumentStill() {
    given()
        .get("/api/v1/experiments/nothing")
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("code", equalTo("NOT_FOUND"));
  }

  @Test
  void thePageRunsOnlyItsOwnScriptsAndStyles() {
    String page =
        given()
            .get("/experiments")
            .then()
            .header(
                "Content-Security-Policy",
                allOf(
                    containsString("default-src 'self'"),
                    containsString("script-src 'self';"),
                    containsString("style-src 'self';"),
                    containsString("frame-ancestors 'none'"),
                    not(containsString("unsafe"))))
            .header("X-Content-Type-Options", equalTo("nosniff"))
            .header("Referrer-Policy", equalTo("same-origin"))
            .extract()
            .asString();
    assertTrue(SCRIPT.matcher(page).find(), page);
    assertTrue(!page.contains("://"), page);
  }

  @Test
  void itsScriptIsKeptForEverByItsNameAndSentCompressed() {
    Matcher script = SCRIPT.matcher(given().get("/").asString());
    assertTrue(script.find());
    given()
        .header("Accept-Encoding", "gzip")
        .get(script.group(1))
        .then()
        .statusCode(200)
        .header("Cache-Control", containsString("immutable"))
        .header("Content-Encoding", "gzip");
  }

  @Test
  void anAnswerOfTheApiRunsNothing() {
    given()
        .get("/api/v1/experiments")
        .then()
        .header("Content-Security-Policy", containsString("default-src 'none'"))
        .header("Cache-Control", nullValue())
        .header("X-Content-Type-Options", notNullValue());
  }
}
