package org.medtransformers.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class SettingsTest {
  private final Properties properties = Examples.properties();

  private void set(String key, String value) {
    properties.setProperty("images." + key, value);
  }

  @Test
  void imagesForTheCpuAreOnTheBaseThatIsNamed() {
    Settings settings = Settings.of(properties);
    assertEquals("registry.example/jre@sha256:1", settings.base());
    assertFalse(settings.jre());
    assertEquals("1.0", settings.tag());
    assertEquals("1.0-SNAPSHOT", settings.version());
    assertEquals(Optional.empty(), settings.push());
    set("tag", "mine");
    assertEquals("mine", Settings.of(properties).tag());
  }

  @Test
  void imagesForGpusAreOnABaseWithLibtorchAndGetAJre() {
    set("flavour", "cu128");
    Settings settings = Settings.of(properties);
    assertEquals("registry.example/torch@sha256:2", settings.base());
    assertTrue(settings.jre());
    assertEquals("1.0-cu128", settings.tag());
    assertEquals("/opt/torch/lib", new Torch(settings).environment().get("MEDTRANS_TORCH"));
  }

  @Test
  void whatIsMissingOrUnknownIsNamed() {
    set("flavour", "cu999");
    assertSays("images.flavour: cu999 is neither cpu nor cu128");
    set("flavour", "cpu");
    set("platform", "linux");
    assertSays("images.platform: give OS/ARCHITECTURE, as linux/amd64");
    set("platform", "linux/amd64");
    set("base", "");
    assertSays("images.base is missing");
  }

  private void assertSays(String message) {
    var thrown = assertThrows(IllegalArgumentException.class, () -> Settings.of(properties));
    assertEquals(message, thrown.getMessage());
  }
}
