package org.medtransformers.cli.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Server-sent events of a gateway, without their data.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">the format</a>
 */
public final class EventFeed implements AutoCloseable {
  private final InputStream body;
  private final BufferedReader lines;

  /**
   * @param id rises with time within the experiment
   * @param type versioned type name
   */
  public record Heard(long id, String type) {}

  EventFeed(InputStream body) {
    this.body = body;
    this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
  }

  /**
   * Waits for the next event; nothing when no more will come, from this gateway or over this line.
   */
  public Optional<Heard> next() {
    long id = 0;
    String type = "";
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("id:")) {
          id = Long.parseLong(line.substring(3).trim());
        } else if (line.startsWith("event:")) {
          type = line.substring(6).trim();
        } else if (line.isEmpty() && !type.isEmpty()) {
          return Optional.of(new Heard(id, type));
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Hangs up; whoever waits in {@link #next} hears that no more will come. */
  @Override
  public void close() {
    try {
      body.close();
    } catch (IOException e) {
      // Nobody reads it any more.
    }
  }
}
