package org.medtransformers.gateway.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.NewCookie;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.access.Role;
import org.medtransformers.gateway.config.AccessConfig;

/**
 * By what a browser says who it is: a cookie that scripts cannot read and that goes with no request
 * of a foreign page. It is signed and not kept: any replica knows its own again, and a new token of
 * the installation ends all of them.
 */
@Singleton
public final class PageCookie {
  private static final String HMAC = "HmacSHA256";
  private static final String PURPOSE = "cookie of the page";
  private static final String NAME = "medtrans";
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  /** What is signed. */
  @RegisterForReflection
  record Session(String person, String team, Role role, UUID token, Instant expires) {
    Caller caller() {
      return new Caller(person, team, role, token);
    }
  }

  private final SecretKeySpec key;
  private final Clock clock;
  private final Duration life;

  PageCookie(Installation installation, Clock clock, AccessConfig config) {
    SecretKeySpec secret = new SecretKeySpec(installation.secret().orElseGet(Codes::bytes), HMAC);
    this.key = new SecretKeySpec(hmac(secret, PURPOSE), HMAC);
    this.clock = clock;
    this.life = config.session();
  }

  /** The cookie of a browser in which {@code caller} has signed in by {@code request}. */
  public NewCookie of(Caller caller, HttpServerRequest request) {
    Session session =
        new Session(
            caller.person(),
            caller.team(),
            caller.role(),
            caller.token(),
            clock.instant().plus(life));
    String content = ENCODER.encodeToString(Json.write(session).getBytes(UTF_8));
    return cookie(request, content + "." + signature(content), (int) life.toSeconds());
  }

  /** A cookie in place of it that says nothing. */
  public NewCookie none(HttpServerRequest request) {
    return cookie(request, "", 0);
  }

  private static NewCookie cookie(HttpServerRequest request, String value, int seconds) {
    return new NewCookie.Builder(name(request))
        .value(value)
        .path("/")
        .maxAge(seconds)
        .httpOnly(true)
        .sameSite(NewCookie.SameSite.STRICT)
        .secure(request.isSSL())
        .build();
  }

  /** Browsers give a cookie to all servers of a machine, whatever their port. */
  private static String name(HttpServerRequest request) {
    int port = request.authority() == null ? -1 : request.authority().port();
    return port < 0 ? NAME : NAME + "-" + port;
  }

  /** Who is signed in in the browser that sends {@code request}. */
  Optional<Caller> read(HttpServerRequest request) {
    return Optional.ofNullable(request.getCookie(name(request)))
        .map(Cookie::getValue)
        .flatMap(this::session)
        .filter(session -> session.expires().isAfter(clock.instant()))
        .map(Session::caller);
  }

  private Optional<Session> session(String value) {
    int dot = value.lastIndexOf('.');
    if (dot < 0
        || !MessageDigest.isEqual(
            signature(value.substring(0, dot)).getBytes(UTF_8),
            value.substring(dot + 1).getBytes(UTF_8))) {
      return Optional.empty();
    }
    try {
      byte[] content = Base64.getUrlDecoder().decode(value.substring(0, dot));
      return Optional.of(Json.read(new String(content, UTF_8), Session.class));
    } catch (IllegalArgumentException | UncheckedIOException e) {
      // Another version has signed it.
      return Optional.empty();
    }
  }

  private String signature(String content) {
    return ENCODER.encodeToString(hmac(key, content));
  }

  private static byte[] hmac(SecretKeySpec key, String content) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return mac.doFinal(content.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + HMAC, e);
    }
  }
}
