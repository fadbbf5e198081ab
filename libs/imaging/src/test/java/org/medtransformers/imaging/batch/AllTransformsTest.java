package org.medtransformers.imaging.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.config.Transforms;
import org.medtransformers.contracts.config.Transforms.Transform;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.loader.LoaderSpec;
import org.medtransformers.contracts.tensor.PixelViews;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.imaging.Image;
import org.medtransformers.imaging.TestSets;
import org.medtransformers.imaging.codec.Channels;
import org.medtransformers.imaging.codec.ImageDecoder;
import org.medtransformers.imaging.codec.ImageLimits;
import org.medtransformers.imaging.codec.PngEncoder;
import org.medtransformers.imaging.prepare.PreparedSet;

/** From prepared image to batch, every transform alone and all together, in grey and colour. */
class AllTransformsTest {
  private static final String CROPS =
      "{\"MultiCrop\": {\"apply\": true, \"n_crops\": [1], \"sizes\": [12], \"scales\": [[0.1,"
          + " 0.5]]}}";
  private static final List<String> EACH =
      List.of(
          "{\"CenterCrop\": {\"apply\": true, \"height\": 16, \"width\": 16}}",
          "{\"RandomCrop\": {\"apply\": true, \"height\": 18, \"width\": 18, \"padding\": 4}}",
          "{\"RandomResizedCrop\": {\"apply\": true, \"size\": 16, \"scale\": [0.2, 0.5]}}",
          "{\"VerticalFlip\": {\"apply\": true, \"p\": 1}}",
          "{\"HorizontalFlip\": {\"apply\": true, \"p\": 1}}",
          "{\"RandomRotation\": {\"apply\": true, \"angle\": 90, \"p\": 1}}",
          "{\"ColorJitter\": {\"apply\": true, \"brightness\": 0.9, \"contrast\": 0.9,"
              + " \"saturation\": 0.9, \"hue\": 0.5, \"p\": 1}}",
          "{\"RandomGrayscale\": {\"apply\": true, \"p\": 1}}",
          "{\"RandomGaussianBlur\": {\"apply\": true, \"radius_min\": 1, \"radius_max\": 2, \"p\":"
              + " 1}}",
          "{\"RandomAffine\": {\"apply\": true, \"degrees\": 90, \"translate\": [0.1, 0.1],"
              + " \"scale\": [0.5, 0.7], \"shear\": 9, \"p\": 1}}",
          "{\"RandomPerspective\": {\"apply\": true, \"distortion_scale\": 0.9, \"p\": 1}}",
          "{\"RandomSolarize\": {\"apply\": true, \"threshold\": 20, \"p\": 1}}",
          "{\"Normalize\": true}",
          "{\"RandomErasing\": {\"apply\": true, \"scale\": [0.2, 0.3], \"ratio\": [0.5, 2],"
              + " \"value\": 0.5, \"p\": 1}}",
          CROPS);

  @TempDir static Path folder;
  private static PreparedSet colour;
  private static PreparedSet grey;

  @BeforeAll
  static void prepare() throws IOException {
    TestSets.phantom(folder);
    colour = prepared(DatasetName.APTOS2019);
    Files.createDirectories(folder.resolve("DDSM/ddsm_raw_image_lists"));
    Files.createDirectories(folder.resolve("DDSM/ddsm_raw"));
    byte[] fundus = Files.readAllBytes(folder.resolve("APTOS2019/train_images/phantom_00001.png"));
    Image image =
        Channels.convert(new ImageDecoder(ImageLimits.DEFAULT).decode(fundus, "phantom", 3), 1);
    for (String part : List.of("train", "val", "test")) {
      String name = "normal_" + part + ".png";
      Files.write(folder.resolve("DDSM/ddsm_raw/" + name), PngEncoder.encode(image));
      Files.writeString(folder.resolve("DDSM/ddsm_raw_image_lists/" + part + ".txt"), name + "\n");
    }
    grey = prepared(DatasetName.DDSM);
  }

  private static PreparedSet prepared(DatasetName dataset) {
    return TestSets.prepared(
        TestSets.spec(dataset, folder, TestSets.RESIZE_20), folder.resolve("sets"));
  }

  private static Tensor view(PreparedSet set, Transforms... views) {
    LoaderSpec spec =
        new LoaderSpec(set.dataset().id(), Split.TRAIN, List.of(views), 1, false, false, 7);
    return PixelViews.floats(new Batcher(set, spec).batch(0, 0), views.length - 1);
  }

  @Test
  void everyTransformOfTheFormatIsAmongThem() {
    Set<String> all =
        Arrays.stream(Transforms.class.getRecordComponents())
            .map(RecordComponent::getName)
            .collect(Collectors.toSet());
    List<Transforms> each = EACH.stream().map(TestSets::transforms).toList();
    assertEquals(all.size() - 1, each.size(), "all but Resize, which preparing does");
    assertEquals(
        EACH.size() - 1,
        each.stream()
            .flatMap(t -> t.applied().stream())
            .map(Transform::getClass)
            .distinct()
            .count());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14})
  void eachChangesAColourImageAndAGreyOneUnlessItIsOfColoursOnly(int number) {
    Transforms transforms = TestSets.transforms(EACH.get(number));
    Tensor ofColour = view(colour, transforms);
    Tensor ofGrey = view(grey, transforms);
    assertEquals(3L, ofColour.shape().get(1));
    assertEquals(1L, ofGrey.shape().get(1));
    assertEquals(ofColour.shape().subList(2, 4), ofGrey.shape().subList(2, 4));
    assertNotEquals(view(colour, TestSets.NONE).data(), ofColour.data());
    if (transforms.randomGrayscale() == null) {
      assertNotEquals(view(grey, TestSets.NONE).data(), ofGrey.data());
    } else {
      assertEquals(view(grey, TestSets.NONE).data(), ofGrey.data());
    }
  }

  @Test
  void severalViewsHaveTheirOwnTransforms() {
    Transforms crops = TestSets.transforms(CROPS);
    assertEquals(List.of(1L, 1L, 12L, 12L), view(grey, TestSets.NONE, crops).shape());
    assertEquals(List.of(1L, 3L, 20L, 24L), view(colour, crops, TestSets.NONE).shape());
  }
}
