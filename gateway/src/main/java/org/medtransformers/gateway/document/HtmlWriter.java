package org.medtransformers.gateway.document;

import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A page that needs nothing beside itself, on paper and on a screen: style and images are in it, it
 * runs no script, and its policy lets none run.
 */
@Singleton
public final class HtmlWriter {
  private static final String STYLE = style();

  private final Template template;

  HtmlWriter(@Location("report.html") Template template) {
    this.template = template;
  }

  private static String style() {
    try (InputStream css = HtmlWriter.class.getResourceAsStream("/templates/report.css")) {
      return new String(css.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The page; the template escapes whatever stands in {@code document}. */
  public String write(Document document) {
    return template.data("document", document).data("style", STYLE).render();
  }
}
