package org.medtransformers.imaging.similar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.medtransformers.imaging.Golden;
import org.medtransformers.imaging.Image;

/** Against PIL, NumPy and SciPy: {@code src/test/python/perceptual_hash.py}. */
class LookTest {
  private static final JsonNode EXPECTED = Golden.json("similar/looks.json");

  private static Look look(String name) {
    return Look.of(Golden.image("similar/" + name + ".png", name.equals("tall-grey") ? 1 : 3));
  }

  @Test
  void hashIsSciPysOfGreyAndColourSmallAndLarge() {
    EXPECTED
        .get("hashes")
        .properties()
        .forEach(
            e ->
                assertEquals(
                    e.getValue().asText(),
                    HexFormat.of().toHexDigits(look(e.getKey()).hash()),
                    e.getKey()));
  }

  /** Details are kept in 127ths. */
  @Test
  void likenessIsTheCorrelationThatNumPyFinds() {
    for (JsonNode pair : EXPECTED.get("likeness")) {
      String one = pair.get(0).asText();
      String other = pair.get(1).asText();
      assertEquals(
          pair.get(2).asDouble(), look(one).likeness(look(other)), 2e-3, one + " and " + other);
    }
  }

  @Test
  void anImageOfOneColourOrOfFaintNoiseIsBlankAndLikeNothing() {
    Look black = Look.of(Image.black(50, 40, 3));
    assertTrue(black.isBlank());
    assertEquals(0, black.likeness(black));
    byte[] noise = new byte[64 * 64];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (byte) (3 + i * 7 % 2);
    }
    assertTrue(Look.of(new Image(noise, 64, 64, 1)).isBlank());
    assertFalse(look("wide").isBlank());
  }
}
