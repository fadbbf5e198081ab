package org.medtransformers.localstack;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;

/** Asks a service whether it is ready (MicroProfile Health). */
final class Health {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private Health() {}

  static boolean isReady(URI service) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) service.resolve("/q/health/ready").toURL().openConnection();
      connection.setConnectTimeout((int) TIMEOUT.toMillis());
      connection.setReadTimeout((int) TIMEOUT.toMillis());
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
