package org.medtransformers.gateway.template;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.experiment.NamedStrategies;

/** The experiment files of this project, which are shipped with the gateway. */
@Singleton
public final class Templates {
  private final List<Template> all = List.of(Json.read(read("templates.json"), Template[].class));

  /**
   * @param name of its file below {@code configs}, without the ending
   */
  public record Template(String name, String title, String text) {}

  /** All of them, in the order in which they are offered. */
  public List<Template> all() {
    return all;
  }

  /**
   * The experiment file, whole: strategies that it names by files of their own stand in it.
   *
   * @throws MedtransException {@code NOT_FOUND} for an unknown name
   */
  public String document(String name) {
    if (all.stream().noneMatch(template -> template.name().equals(name))) {
      throw MedtransException.of(
          ErrorCode.NOT_FOUND,
          "there is no template %s, allowed: %s"
              .formatted(name, String.join(", ", all.stream().map(Template::name).toList())));
    }
    String file = "templates/" + name + ".json";
    ObjectNode document = (ObjectNode) Json.parse(read(file));
    String folder = file.substring(0, file.lastIndexOf('/') + 1);
    NamedStrategies.replace(document, strategy -> (ObjectNode) Json.parse(read(folder + strategy)));
    return Json.write(document);
  }

  private static String read(String resource) {
    try (InputStream in =
        Thread.currentThread().getContextClassLoader().getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
