package org.medtransformers.gateway.access;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.http.Cookie;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.Sha256;
import org.medtransformers.contracts.access.NewToken;
import org.medtransformers.contracts.access.Role;
import org.medtransformers.gateway.GatewayTestStack;
import org.medtransformers.service.database.Database;

/** Tokens of programs do what they were made for, as long as they are good. */
@QuarkusTest
@QuarkusTestResource(GatewayTestStack.class)
class ServiceTokensTest {
  private static final String TOKENS = "/api/v1/tokens";
  private static final String READ = "/api/v1/experiments";

  @Inject Database database;

  private static ValidatableResponse make(String as, Map<String, ?> wish) {
    return given()
        .header("Authorization", "Bearer " + as)
        .contentType(ContentType.JSON)
        .body(Json.write(wish))
        .post(TOKENS)
        .then();
  }

  private static NewToken made(Role role) {
    Map<String, ?> wish = Map.of("name", "nightly", "role", role, "days", 7);
    return Json.read(
        make(GatewayTestStack.TOKEN, wish).statusCode(201).extract().asString(), NewToken.class);
  }

  private static int read(NewToken token) {
    return given().header("Authorization", "Bearer " + token.token()).get(READ).statusCode();
  }

  @Test
  void aTokenIsItsOwnersWithTheRoleThatItWasGivenAndItsUseIsNoted() {
    NewToken token = made(Role.VIEWER);
    assertEquals(GatewayTestStack.PERSON, token.view().person());
    given()
        .get(TOKENS)
        .then()
        .body("find { it.id == '%s' }.used".formatted(token.view().id()), nullValue());
    assertEquals(200, read(token));
    given()
        .get(TOKENS)
        .then()
        .statusCode(200)
        .body("find { it.id == '%s' }.used".formatted(token.view().id()), notNullValue())
        .body("token", not(hasItem(notNullValue())));
    given()
        .header("Authorization", "Bearer " + token.token())
        .post("/api/v1/gc")
        .then()
        .statusCode(403);
  }

  @Test
  void onlyItsFingerprintIsKept() {
    NewToken token = made(Role.VIEWER);
    assertEquals(
        Sha256.of(token.token()),
        database
            .query(
                "SELECT sha256 FROM service_token WHERE id = ?::uuid",
                row -> row.getString(1),
                token.view().id())
            .get(0));
    String row =
        database
            .query(
                "SELECT t::text FROM service_token t WHERE id = ?::uuid",
                r -> r.getString(1),
                token.view().id())
            .get(0);
    assertTrue(!row.contains(token.token()), row);
  }

  @Test
  void whatIsWithdrawnOrHasExpiredIsNone() {
    NewToken withdrawn = made(Role.RESEARCHER);
    assertEquals(200, read(withdrawn));
    given().delete(TOKENS + "/" + withdrawn.view().id()).then().statusCode(204);
    assertEquals(401, read(withdrawn));
    given().delete(TOKENS + "/" + withdrawn.view().id()).then().statusCode(404);

    NewToken expired = made(Role.RESEARCHER);
    database.update(
        "UPDATE service_token SET expires_at = now() - interval '1 second' WHERE id = ?::uuid",
        expired.view().id());
    assertEquals(401, read(expired));
  }

  @Test
  void aBrowserThatCameByATokenGoesWithIt() {
    NewToken token = made(Role.VIEWER);
    Cookie cookie =
        given()
            .formParam("token", token.token())
            .post("/sign-in")
            .detailedCookies()
            .get("medtrans-" + RestAssured.port);
    // The wrong scheme, so that it does not ask as the administrator.
    assertEquals(
        200, given().header("Authorization", "none").cookie(cookie).get(READ).statusCode());
    given().delete(TOKENS + "/" + token.view().id()).then().statusCode(204);
    assertEquals(
        401, given().header("Authorization", "none").cookie(cookie).get(READ).statusCode());
  }

  @Test
  void aTokenMakesNoneThatMayMoreThanItself() {
    NewToken token = made(Role.RESEARCHER);
    make(token.token(), Map.of("name", "more", "role", "operator", "days", 1))
        .statusCode(403)
        .body("code", equalTo("NOT_PERMITTED"));
    make(token.token(), Map.of("name", "same", "role", "researcher", "days", 1)).statusCode(201);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"name\": \" \", \"role\": \"viewer\", \"days\": 1}",
        "{\"name\": \"a\", \"role\": \"root\", \"days\": 1}",
        "{\"name\": \"a\", \"role\": \"viewer\"}",
        "{\"name\": \"a\", \"role\": \"viewer\", \"days\": 367}",
        "{\"name\": \"a\", \"days\": 1}"
      })
  void whatIsNoWishMakesNone(String body) {
    given()
        .contentType(ContentType.JSON)
        .body(body)
        .post(TOKENS)
        .then()
        .statusCode(400)
        .body("code", equalTo("INVALID_REQUEST"));
  }
}
