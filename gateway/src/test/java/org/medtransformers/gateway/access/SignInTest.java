package org.medtransformers.gateway.access;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.Cookie;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.gateway.GatewayTestStack;

/** Nobody gets in without saying who they are, and a browser says it once. */
@QuarkusTest
@QuarkusTestResource(GatewayTestStack.class)
class SignInTest {
  private static final String EXPERIMENTS = "/api/v1/experiments";

  @BeforeEach
  void askAsNobody() {
    RestAssured.replaceFiltersWith(List.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        EXPERIMENTS,
        EXPERIMENTS + "/0f8fad5b-d9cb-469f-a165-70867728950e",
        "/api/v1/nothing",
        "/",
        "/index.html",
        "/experiments",
        "/icon.svg",
        "/q/metrics",
        "/q/openapi",
        "/q/swagger-ui/",
        "/q/swagger-ui/swagger-ui-bundle.js",
        "/q/health/../openapi",
        "/q/health/%2e%2e/metrics",
        "/q/health/live/../../metrics",
        "/sign-in/../api/v1/experiments",
        "/sign-in/",
        "//api/v1/experiments",
        "/nothing"
      })
  void nobodyIsToldAnything(String path) {
    given()
        .urlEncodingEnabled(false)
        .get(path)
        .then()
        .statusCode(401)
        .contentType("application/problem+json")
        .header("WWW-Authenticate", startsWith("Bearer"))
        .body("code", equalTo("NOT_SIGNED_IN"));
  }

  @Test
  void nobodyStartsOrDeletesAnything() {
    given().contentType("application/json").body("{}").post(EXPERIMENTS).then().statusCode(401);
    given().delete(EXPERIMENTS + "/1").then().statusCode(401);
    given().post("/api/v1/gc").then().statusCode(401);
    given().post("/api/v1/sign-in-links").then().statusCode(401);
  }

  @Test
  void healthIsForEverybody() {
    given().get("/q/health/live").then().statusCode(200);
    given().get("/q/health/ready").then().statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer wrong",
        "Bearer ",
        "Basic YWRhOmFkYQ==",
        "Bearer medtrans_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        GatewayTestStack.TOKEN
      })
  void anotherTokenIsNone(String header) {
    given()
        .header("Authorization", header)
        .get(EXPERIMENTS)
        .then()
        .statusCode(401)
        .body("code", equalTo("NOT_SIGNED_IN"));
  }

  @Test
  void theTokenOfTheInstallationOpensEverything() {
    for (String path : new String[] {EXPERIMENTS, "/", "/q/metrics", "/q/openapi"}) {
      administrator().get(path).then().statusCode(200);
    }
  }

  @Test
  void theTokenOfTheMetricsOpensThemAndNothingElse() {
    given().auth().oauth2(GatewayTestStack.METRICS_TOKEN).get("/q/metrics").then().statusCode(200);
    for (String path : new String[] {EXPERIMENTS, "/", "/q/openapi", "/q/metrics/../openapi"}) {
      given()
          .urlEncodingEnabled(false)
          .auth()
          .oauth2(GatewayTestStack.METRICS_TOKEN)
          .get(path)
          .then()
          .statusCode(403)
          .body("code", equalTo("NOT_PERMITTED"));
    }
  }

  @Test
  void aBrowserIsLedToWhereOneSignsIn() {
    given()
        .redirects()
        .follow(false)
        .accept("text/html,application/xhtml+xml")
        .get("/experiments")
        .then()
        .statusCode(303)
        .header("Location", endsWith("/sign-in"));
    given()
        .get("/sign-in")
        .then()
        .statusCode(200)
        .contentType("text/html")
        .header("Cache-Control", "no-store")
        .header("Content-Security-Policy", containsString("frame-ancestors 'none'"))
        .header("Content-Security-Policy", not(containsString("unsafe")))
        .body(containsString("name=\"token\""), not(containsString("<script")));
  }

  @Test
  void aLinkSignsABrowserInOnce() {
    String path =
        administrator().post("/api/v1/sign-in-links").then().statusCode(200).extract().path("path");
    Response signedIn = given().get(path);
    assertEquals(200, signedIn.statusCode());
    assertTrue(signedIn.asString().contains("http-equiv=\"refresh\""), signedIn.asString());
    Cookie cookie = cookie(signedIn);
    assertTrue(cookie.isHttpOnly());
    assertEquals("Strict", cookie.getSameSite());
    assertEquals("/", cookie.getPath());
    assertEquals(12 * 3600, cookie.getMaxAge());
    assertFalse(cookie.isSecured(), "there is no TLS here");
    given().cookie(cookie).get(EXPERIMENTS).then().statusCode(200);
    given().cookie(cookie).get("/").then().statusCode(200).body(containsString("<mt-app>"));

    given().get(path).then().statusCode(403).header("Set-Cookie", nullValue());
  }

  @Test
  void aTokenSignsABrowserInAndASignOutEndsThat() {
    Response signedIn = given().formParam("token", GatewayTestStack.TOKEN).post("/sign-in");
    Cookie cookie = cookie(signedIn);
    given().cookie(cookie).get(EXPERIMENTS).then().statusCode(200);
    Response signedOut = given().redirects().follow(false).cookie(cookie).post("/sign-out");
    assertEquals(303, signedOut.statusCode());
    assertEquals(0, cookie(signedOut).getMaxAge());

    given()
        .formParam("token", "wrong <b>")
        .post("/sign-in")
        .then()
        .statusCode(403)
        .header("Set-Cookie", nullValue())
        .body(not(containsString("<b>")));
  }

  @Test
  void aCookieThatSomebodyHasChangedIsNone() {
    Cookie cookie = cookie(given().formParam("token", GatewayTestStack.TOKEN).post("/sign-in"));
    String[] parts = cookie.getValue().split("\\.", 2);
    String said = new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8);
    String changed =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                said.replace(GatewayTestStack.PERSON, "eve").getBytes(StandardCharsets.UTF_8));
    for (String value :
        new String[] {changed + "." + parts[1], parts[0], parts[0] + ".", ".", "", "x.y"}) {
      given().cookie(cookie.getName(), value).get(EXPERIMENTS).then().statusCode(401);
    }
  }

  private static Cookie cookie(Response response) {
    Cookie cookie = response.detailedCookies().get("medtrans-" + RestAssured.port);
    assertTrue(cookie != null, () -> response.headers().toString());
    return cookie;
  }

  private static RequestSpecification administrator() {
    return given().auth().oauth2(GatewayTestStack.TOKEN);
  }
}
