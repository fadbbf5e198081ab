package org.medtransformers.tokens;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.contracts.ServiceName;

class PeerTokensTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final String NONE = "none of this deployment's";
  private static final PeerKey KEY = PeerKey.of(SECRET);

  private final PeerTokens trainer = tokens(KEY, ServiceName.TRAINER, NOW);
  private final PeerTokens data = tokens(KEY, ServiceName.DATA, NOW);

  @Test
  void aTokenSaysWhoAsksAndForWhat() throws Exception {
    PeerToken asking = data.verified(trainer.to(ServiceName.DATA, PeerToken.About.loader("l-1")));
    assertEquals(ServiceName.TRAINER, asking.issuer());
    assertTrue(asking.isAbout("l-1"));
    assertFalse(asking.isAbout("l-2"));
    assertEquals(Optional.empty(), asking.about().person());
    PeerTokens gateway = tokens(KEY, ServiceName.GATEWAY, NOW);
    assertEquals(
        new PeerToken(ServiceName.GATEWAY, PeerToken.About.person("ann")),
        data.verified(gateway.to(ServiceName.DATA, PeerToken.About.person("ann"))));
  }

  @Test
  void itIsGoodForFiveMinutesAndWhatClocksDiffer() throws Exception {
    String token = trainer.to(ServiceName.DATA, PeerToken.About.NOTHING);
    Instant last = NOW.plus(Duration.ofMinutes(5)).plusSeconds(29);
    assertEquals(ServiceName.TRAINER, tokens(KEY, ServiceName.DATA, last).verified(token).issuer());
    refused(tokens(KEY, ServiceName.DATA, last.plusSeconds(2)), token, "has expired");
  }

  @Test
  void itIsGoodAtOneServiceOnly() {
    refused(
        tokens(KEY, ServiceName.EVAL, NOW),
        trainer.to(ServiceName.DATA, PeerToken.About.NOTHING),
        "another service");
  }

  @Test
  void anotherDeploymentsKeyOpensNothing() {
    PeerKey other = PeerKey.of(SECRET.replace('0', '1'));
    refused(
        data,
        tokens(other, ServiceName.TRAINER, NOW).to(ServiceName.DATA, PeerToken.About.NOTHING),
        NONE);
  }

  /** Signed by hand, as RFC 7515 has it. */
  @Test
  void aTokenThatIsSignedButOfNoServiceOrWithoutAnEndIsRefused() throws Exception {
    String good = "{\"iss\":\"trainer-service\",\"aud\":\"data-service\",\"exp\":1767323345}";
    assertEquals(ServiceName.TRAINER, data.verified(signed("HS256", good)).issuer());
    refused(data, signed("HS256", good.replace("trainer-service", "stranger")), NONE);
    refused(data, signed("HS256", good.replace(",\"exp\":1767323345", "")), NONE);
    refused(data, signed("HS256", good.replace("1767323345", "1798859345")), NONE);
    refused(data, signed("HS512", good), NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer",
        "a.b.c",
        // {"alg":"none"} and a good body without a signature
        "eyJhbGciOiJub25lIn0.eyJpc3MiOiJ0cmFpbmVyLXNlcnZpY2UiLCJhdWQiOiJkYXRhLXNlcnZpY2UiLCJleHAiOjE3NjczMjMzNDV9."
      })
  void whatIsNoTokenIsRefused(String token) {
    assertThrows(InvalidTokenException.class, () -> data.verified(token));
  }

  @Test
  void aKeyThatCouldBeGuessedIsNone() {
    var refused = assertThrows(IllegalArgumentException.class, () -> PeerKey.of("secret\n"));
    assertTrue(refused.getMessage().contains("6 characters"), refused.getMessage());
  }

  private static void refused(PeerTokens at, String token, String why) {
    var refused = assertThrows(InvalidTokenException.class, () -> at.verified(token));
    assertTrue(refused.getMessage().contains(why), refused.getMessage());
    assertFalse(refused.getMessage().contains(token), refused.getMessage());
  }

  private static String signed(String algorithm, String claims) throws Exception {
    String signedPart = encoded("{\"alg\":\"" + algorithm + "\"}") + "." + encoded(claims);
    String name = "HmacSHA" + algorithm.substring(2);
    Mac mac = Mac.getInstance(name);
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), name));
    byte[] signature = mac.doFinal(signedPart.getBytes(StandardCharsets.UTF_8));
    return signedPart + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static PeerTokens tokens(PeerKey key, ServiceName self, Instant now) {
    return new PeerTokens(key, self, Clock.fixed(now, ZoneOffset.UTC));
  }
}
