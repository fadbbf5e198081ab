package org.medtransformers.imaging.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.config.Transforms;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.loader.LoaderSpec;
import org.medtransformers.contracts.tensor.PixelViews;
import org.medtransformers.contracts.tensor.Safetensors;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.imaging.TestSets;
import org.medtransformers.imaging.prepare.PreparedSet;

/**
 * Of every key of every transform: another value, and the same images of the same epoch come out
 * otherwise. What each value does is held to torchvision elsewhere; here a key that nobody reads
 * would be found.
 */
class EveryTransformKeyTest {
  private static final String ALL =
      """
      {"Resize": {"apply": true, "height": 20, "width": 24},
       "CenterCrop": {"apply": true, "height": 16, "width": 16},
       "RandomCrop": {"apply": true, "height": 22, "width": 22, "padding": 2},
       "RandomResizedCrop": {"apply": true, "size": 16, "scale": [0.2, 0.5]},
       "VerticalFlip": {"apply": true, "p": 1},
       "HorizontalFlip": {"apply": true, "p": 1},
       "RandomRotation": {"apply": true, "angle": 90, "p": 1},
       "ColorJitter": {"apply": true, "brightness": 0.9, "contrast": 0.9, "saturation": 0.9,
                       "hue": 0.5, "p": 1},
       "RandomGrayscale": {"apply": true, "p": 1},
       "RandomGaussianBlur": {"apply": true, "radius_min": 1, "radius_max": 2, "p": 1},
       "RandomAffine": {"apply": true, "degrees": 90, "translate": [0.1, 0.1],
                        "scale": [0.5, 0.7], "shear": 9, "p": 1},
       "RandomPerspective": {"apply": true, "distortion_scale": 0.9, "p": 1},
       "RandomSolarize": {"apply": true, "threshold": 20, "p": 1},
       "RandomErasing": {"apply": true, "scale": [0.2, 0.3], "ratio": [0.5, 2], "value": 0.5,
                         "p": 1},
       "MultiCrop": {"apply": true, "n_crops": [1], "sizes": [12], "scales": [[0.1, 0.5]]}}
      """;

  @TempDir static Path folder;
  private static PreparedSet set;

  @BeforeAll
  static void prepare() throws IOException {
    TestSets.phantom(folder);
    set =
        TestSets.prepared(
            TestSets.spec(DatasetName.APTOS2019, folder, TestSets.NONE), folder.resolve("sets"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Resize             | apply            | false
          Resize             | height           | 21
          Resize             | width            | 25
          CenterCrop         | apply            | false
          CenterCrop         | height           | 17
          CenterCrop         | width            | 17
          RandomCrop         | apply            | false
          RandomCrop         | height           | 21
          RandomCrop         | width            | 21
          RandomCrop         | padding          | 9
          RandomResizedCrop  | apply            | false
          RandomResizedCrop  | size             | 17
          RandomResizedCrop  | scale            | [0.6, 0.9]
          VerticalFlip       | apply            | false
          VerticalFlip       | p                | 0
          HorizontalFlip     | apply            | false
          HorizontalFlip     | p                | 0
          RandomRotation     | apply            | false
          RandomRotation     | angle            | 45
          RandomRotation     | p                | 0
          ColorJitter        | apply            | false
          ColorJitter        | brightness       | 0
          ColorJitter        | contrast         | 0
          ColorJitter        | saturation       | 0
          ColorJitter        | hue              | 0
          ColorJitter        | p                | 0
          RandomGrayscale    | apply            | false
          RandomGrayscale    | p                | 0
          RandomGaussianBlur | apply            | false
          RandomGaussianBlur | radius_min       | 1.9
          RandomGaussianBlur | radius_max       | 5
          RandomGaussianBlur | p                | 0
          RandomAffine       | apply            | false
          RandomAffine       | degrees          | 20
          RandomAffine       | translate        | [0.4, 0.4]
          RandomAffine       | scale            | [1.2, 1.4]
          RandomAffine       | shear            | 45
          RandomAffine       | p                | 0
          RandomPerspective  | apply            | false
          RandomPerspective  | distortion_scale | 0.3
          RandomPerspective  | p                | 0
          RandomSolarize     | apply            | false
          RandomSolarize     | threshold        | 200
          RandomSolarize     | p                | 0
          RandomErasing      | apply            | false
          RandomErasing      | scale            | [0.5, 0.6]
          RandomErasing      | ratio            | [2.5, 3]
          RandomErasing      | value            | -0.5
          RandomErasing      | p                | 0
          MultiCrop          | apply            | false
          MultiCrop          | n_crops          | [2]
          MultiCrop          | sizes            | [13]
          MultiCrop          | scales           | [[0.6, 0.9]]
          """)
  void anotherValueMakesOtherPixels(String transform, String key, String value) {
    ObjectNode one = Json.mapper().createObjectNode();
    one.set(transform, Json.parse(ALL).get(transform));
    List<Tensor> before = pixels(one);
    assertEquals(before, pixels(one));
    one.withObjectProperty(transform).set(key, Json.parse(value));
    assertNotEquals(before, pixels(one));
  }

  @Test
  void normalizingMakesOtherPixels() {
    ObjectNode one = Json.mapper().createObjectNode();
    assertNotEquals(
        pixels(one.put("Normalize", false)), pixels(one.deepCopy().put("Normalize", true)));
  }

  private static List<Tensor> pixels(ObjectNode transforms) {
    LoaderSpec spec =
        new LoaderSpec(
            set.dataset().id(),
            Split.TRAIN,
            List.of(Json.convert(transforms, Transforms.class)),
            4,
            false,
            false,
            7);
    Safetensors batch = new Batcher(set, spec).batch(0, 0);
    List<Tensor> views = new ArrayList<>();
    for (int view = 0; batch.tensors().containsKey("view." + view); view++) {
      views.add(PixelViews.floats(batch, view));
    }
    return views;
  }
}
