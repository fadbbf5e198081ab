package org.medtransformers.localstack;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;

/** Asks a service about itself (MicroProfile Health). */
final class Health {
  private static final Duration READY_TIMEOUT = Duration.ofSeconds(2);

  private Health() {}

  static boolean isReady(URI service) {
    return isUp(service.resolve("/q/health/ready"), READY_TIMEOUT);
  }

  static boolean isLive(URI service, Duration timeout) {
    return isUp(service.resolve("/q/health/live"), timeout);
  }

  private static boolean isUp(URI check, Duration timeout) {
    try {
      HttpURLConnection connection = (HttpURLConnection) check.toURL().openConnection();
      connection.setConnectTimeout((int) timeout.toMillis());
      connection.setReadTimeout((int) timeout.toMillis());
      try {
        return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      return false;
    }
  }
}
