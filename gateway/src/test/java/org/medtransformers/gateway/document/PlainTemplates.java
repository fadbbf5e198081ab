package org.medtransformers.gateway.document;

import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.ValueResolvers;
import io.quarkus.qute.Variant;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The page's template without Quarkus, which makes it likewise. */
public final class PlainTemplates {
  private PlainTemplates() {}

  public static HtmlWriter html() {
    Engine engine =
        Engine.builder()
            .addDefaults()
            .addValueResolver(ValueResolvers.rawResolver())
            .addValueResolver(new ReflectionValueResolver())
            .addResultMapper(new HtmlEscaper(List.of(Variant.TEXT_HTML)))
            .build();
    try (InputStream in = PlainTemplates.class.getResourceAsStream("/templates/report.html")) {
      return new HtmlWriter(
          engine.parse(
              new String(in.readAllBytes(), StandardCharsets.UTF_8),
              Variant.forContentType(Variant.TEXT_HTML)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
