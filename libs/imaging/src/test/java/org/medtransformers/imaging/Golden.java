package org.medtransformers.imaging;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.medtransformers.contracts.Json;
import org.medtransformers.imaging.codec.ImageDecoder;
import org.medtransformers.imaging.codec.ImageLimits;

/** Reference files made with torchvision, PIL and CPython. */
public final class Golden {
  private Golden() {}

  public static JsonNode json(String name) {
    return Json.parse(new String(bytes(name), StandardCharsets.UTF_8));
  }

  public static Image image(String name, int channels) {
    return new ImageDecoder(ImageLimits.DEFAULT).decode(bytes(name), name, channels);
  }

  private static byte[] bytes(String name) {
    try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
