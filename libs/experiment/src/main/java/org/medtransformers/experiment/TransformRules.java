package org.medtransformers.experiment;

import static org.medtransformers.experiment.Rules.above;
import static org.medtransformers.experiment.Rules.bool;
import static org.medtransformers.experiment.Rules.list;
import static org.medtransformers.experiment.Rules.number;
import static org.medtransformers.experiment.Rules.object;
import static org.medtransformers.experiment.Rules.p;
import static org.medtransformers.experiment.Rules.rising;
import static org.medtransformers.experiment.Rules.switchedBy;
import static org.medtransformers.experiment.Rules.whole;

/** The transforms of one view, each with its own parameters and torchvision's defaults. */
final class TransformRules {
  /** Pixels; loaders take no more. */
  static final int MAX_SIDE = 4096;

  private static final double MAX = Double.MAX_VALUE;

  private TransformRules() {}

  /** One view. */
  static ObjectRule view() {
    return object()
        .optional("Resize", sized().build())
        .optional("CenterCrop", sized().build())
        .optional(
            "RandomCrop",
            sized().optional("padding", whole(0, MAX_SIDE), 0).withoutEffect("p", p()).build())
        .optional(
            "RandomResizedCrop",
            switchedBy("apply")
                .required("size", whole(1, MAX_SIDE))
                .optional("scale", rising(above(0)), new double[] {0.08, 1.0})
                .build())
        .optional("VerticalFlip", drawn(0.5).build())
        .optional("HorizontalFlip", drawn(0.5).build())
        .optional(
            "RandomRotation",
            switchedBy("apply").required("angle", number(0, 180)).optional("p", p(), 0.5).build())
        .optional("ColorJitter", colorJitter())
        .optional("RandomGrayscale", drawn(0.1).build())
        .optional("RandomGaussianBlur", gaussianBlur())
        .optional("RandomAffine", affine())
        .optional(
            "RandomPerspective",
            switchedBy("apply")
                .optional("distortion_scale", p(), 0.5)
                .optional("p", p(), 0.5)
                .build())
        .optional(
            "RandomSolarize",
            switchedBy("apply")
                .optional("threshold", whole(0, 256), 128)
                .optional("p", p(), 0.5)
                .build())
        .optional("Normalize", bool(), true)
        .optional("RandomErasing", erasing())
        .optional("MultiCrop", multiCrop())
        .build();
  }

  private static Rules.Builder sized() {
    return switchedBy("apply")
        .required("height", whole(1, MAX_SIDE))
        .required("width", whole(1, MAX_SIDE));
  }

  private static Rules.Builder drawn(double probability) {
    return switchedBy("apply").optional("p", p(), probability);
  }

  private static ObjectRule colorJitter() {
    return switchedBy("apply")
        .optional("brightness", number(0, MAX), 0)
        .optional("contrast", number(0, MAX), 0)
        .optional("saturation", number(0, MAX), 0)
        .optional("hue", number(0, 0.5), 0)
        .optional("p", p(), 1)
        .build();
  }

  private static ObjectRule gaussianBlur() {
    return drawn(0.5)
        .optional("radius_min", number(0, 100), 0.1)
        .optional("radius_max", number(0, 100), 2.0)
        .build();
  }

  private static ObjectRule affine() {
    return switchedBy("apply")
        .required("degrees", number(0, 180))
        .optional("translate", list(p(), 2, 2), new double[] {0, 0})
        .optional("scale", rising(above(0)), new double[] {1, 1})
        .optional("shear", number(0, 180), 0)
        .optional("p", p(), 0.5)
        .build();
  }

  private static ObjectRule erasing() {
    return switchedBy("apply")
        .optional("scale", rising(p()), new double[] {0.02, 0.33})
        .optional("ratio", rising(above(0)), new double[] {0.3, 3.3})
        .optional("value", number(-MAX, MAX), 0)
        .optional("p", p(), 0.5)
        .build();
  }

  private static ObjectRule multiCrop() {
    return switchedBy("apply")
        .required("n_crops", list(whole(1, 64), 1, 8))
        .required("sizes", list(whole(1, MAX_SIDE), 1, 8))
        .required("scales", list(rising(above(0)), 1, 8))
        .build();
  }
}
