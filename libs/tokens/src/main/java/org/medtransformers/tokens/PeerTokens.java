package org.medtransformers.tokens;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;
import org.medtransformers.contracts.ServiceName;

/**
 * Makes and reads the tokens of one service (RFC 7519, HS256). Making one takes microseconds: each
 * request gets its own, so that none is ever old.
 */
public final class PeerTokens {
  /** How long one is good. */
  public static final Duration LIFE = Duration.ofMinutes(5);

  /** What the clocks of two machines may differ by. */
  private static final Duration SKEW = Duration.ofSeconds(30);

  private static final String LOADER = "loader";

  private static final AlgorithmConstraints HS256 =
      new AlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.HMAC_SHA256);

  private static final String[] ISSUERS =
      Arrays.stream(ServiceName.values()).map(ServiceName::label).toArray(String[]::new);

  private final PeerKey key;
  private final ServiceName self;
  private final Clock clock;

  /**
   * @param self the service that asks by what is made here, and is asked by what is read
   */
  public PeerTokens(PeerKey key, ServiceName self, Clock clock) {
    this.key = key;
    this.self = self;
    this.clock = clock;
  }

  /** A token for {@code audience}, good from now on. */
  public String to(ServiceName audience, PeerToken.About about) {
    Instant now = clock.instant();
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(self.label());
    claims.setAudience(audience.label());
    claims.setIssuedAt(date(now));
    claims.setExpirationTime(date(now.plus(LIFE)));
    about.person().ifPresent(claims::setSubject);
    about.loader().ifPresent(loader -> claims.setClaim(LOADER, loader));
    JsonWebSignature token = new JsonWebSignature();
    token.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
    token.setKey(key.secret());
    token.setPayload(claims.toJson());
    try {
      return token.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException("cannot sign a token", e);
    }
  }

  /**
   * What {@code token} says.
   *
   * @throws InvalidTokenException if it is not for this service, is no longer good, or was signed
   *     with another key
   */
  public PeerToken verified(String token) throws InvalidTokenException {
    try {
      JwtClaims claims =
          new JwtConsumerBuilder()
              .setJwsAlgorithmConstraints(HS256)
              .setVerificationKey(key.secret())
              .setExpectedAudience(self.label())
              .setExpectedIssuers(true, ISSUERS)
              .setRequireExpirationTime()
              .setMaxFutureValidityInMinutes(Math.toIntExact(LIFE.plus(SKEW).toMinutes()) + 1)
              .setAllowedClockSkewInSeconds(Math.toIntExact(SKEW.toSeconds()))
              .setEvaluationTime(date(clock.instant()))
              .build()
              .processToClaims(token);
      return new PeerToken(
          ServiceName.named(claims.getIssuer()).orElseThrow(),
          new PeerToken.About(
              Optional.ofNullable(claims.getSubject()),
              Optional.ofNullable(claims.getStringClaimValue(LOADER))));
    } catch (InvalidJwtException e) {
      throw new InvalidTokenException(reason(e), e);
    } catch (MalformedClaimException e) {
      throw new InvalidTokenException(e.getMessage(), e);
    }
  }

  /** Jose4j's own messages repeat the token. */
  private static String reason(InvalidJwtException e) {
    if (e.hasExpired()) {
      return "the token has expired";
    }
    return e.hasErrorCode(ErrorCodes.AUDIENCE_INVALID)
        ? "the token is for another service"
        : "the token is none of this deployment's services";
  }

  private static NumericDate date(Instant instant) {
    return NumericDate.fromSeconds(instant.getEpochSecond());
  }
}
