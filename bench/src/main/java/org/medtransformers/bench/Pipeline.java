package org.medtransformers.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.Transforms;

/** Augmentations that {@code bench/peer_augment.py} makes, too. */
enum Pipeline {
  SUPERVISED {
    @Override
    List<Transforms> views() {
      return List.of(
          view(
              """
              "RandomResizedCrop": {"apply": true, "size": 224, "scale": [0.8, 1.2]},
              "VerticalFlip": {"apply": true, "p": 0.5},
              "HorizontalFlip": {"apply": true, "p": 0.5},
              "ColorJitter": {"apply": true, "brightness": 0.2, "contrast": 0.2,
                              "saturation": 0.1, "hue": 0.1, "p": 0.8}
              """));
    }
  },

  /** Eight views; their crops are bilinear, as torchvision's, where {@code MultiCrop}'s are not. */
  DINO {
    @Override
    List<Transforms> views() {
      List<Transforms> views = new ArrayList<>();
      views.add(crop(224, 0.4, 1, 1, 0));
      views.add(crop(224, 0.4, 1, 0.1, 0.2));
      views.addAll(Collections.nCopies(6, crop(96, 0.05, 0.4, 0.5, 0)));
      return views;
    }
  };

  /** The transforms of each view of an image. */
  abstract List<Transforms> views();

  /** As on the command line. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static Transforms crop(
      int size, double minScale, double maxScale, double blur, double solarize) {
    return view(
        """
        "RandomResizedCrop": {"apply": true, "size": %d, "scale": [%s, %s]},
        "HorizontalFlip": {"apply": true, "p": 0.5},
        "ColorJitter": {"apply": true, "brightness": 0.4, "contrast": 0.4,
                        "saturation": 0.2, "hue": 0.1, "p": 0.8},
        "RandomGrayscale": {"apply": true, "p": 0.2},
        "RandomGaussianBlur": {"apply": true, "p": %s, "radius_min": 0.1, "radius_max": 2},
        "RandomSolarize": {"apply": true, "threshold": 128, "p": %s}
        """
            .formatted(size, minScale, maxScale, blur, solarize));
  }

  private static Transforms view(String transforms) {
    String resize = "\"Resize\": {\"apply\": true, \"height\": 256, \"width\": 256}";
    return Json.read(
        "{%s, %s, \"Normalize\": true}".formatted(resize, transforms), Transforms.class);
  }
}
