package org.medtransformers.golden.imaging;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.imaging.Image;
import org.medtransformers.imaging.transform.Box;
import org.medtransformers.imaging.transform.Filter;
import org.medtransformers.imaging.transform.Geometry;
import org.medtransformers.imaging.transform.Operation;
import org.medtransformers.parity.Numbers;

/** Operations with given arguments, as a case names them. */
final class Operations {
  private static final int MAX_SIDE = 1 << 14;

  private Operations() {}

  /** What to apply one after the other. */
  static List<Operation> of(JsonNode op, JsonNode args, Image image) {
    return switch (op.asText()) {
      case "resize" -> List.of(resize(args, image));
      case "resized_crop" -> resizedCrop(box(args, 0), side(args, "size"), filter(args), image);
      case "center_crop" ->
          List.of(new Operation.CenterCrop(side(args, "height"), side(args, "width")));
      case "hflip" -> List.of(new Operation.HorizontalFlip());
      case "vflip" -> List.of(new Operation.VerticalFlip());
      case "rotate" ->
          List.of(new Operation.Rotation(number(args, "angle_degrees_counterclockwise")));
      case "adjust_brightness" -> List.of(new Operation.Brightness(number(args, "factor")));
      case "adjust_contrast" -> List.of(new Operation.Contrast(number(args, "factor")));
      case "adjust_saturation" -> List.of(new Operation.Saturation(number(args, "factor")));
      case "adjust_hue" -> List.of(new Operation.HueShift(number(args, "factor")));
      case "grayscale" -> List.of(new Operation.Grayscale());
      case "gaussian_blur" -> List.of(new Operation.GaussianBlur(number(args, "radius")));
      case "solarize" ->
          List.of(new Operation.Solarize((int) Math.ceil(number(args, "threshold"))));
      case "affine" -> List.of(new Operation.Affine(matrix(args, image)));
      case "perspective" ->
          List.of(new Operation.Perspective(singles(args, "pil_coefficients_a_to_h")));
      case "random_crop_padding" ->
          List.of(new Operation.Crop(box(args, (int) number(args, "padding"))));
      case "color_jitter" -> jitter(args);
      case "val_pipeline_resize_center_crop" -> validation(args);
      default -> throw unknown(op);
    };
  }

  static MedtransException unknown(JsonNode op) {
    return MedtransException.of(
        ErrorCode.INVALID_REQUEST, "op: " + op + " is an unknown operation");
  }

  /** A box that reaches over the edge, which no run draws, is cut out first. */
  private static List<Operation> resizedCrop(Box box, int size, Filter filter, Image image) {
    boolean inside =
        box.top() >= 0
            && box.left() >= 0
            && box.top() + box.height() <= image.height()
            && box.left() + box.width() <= image.width();
    if (inside) {
      return List.of(new Operation.ResizedCrop(box, size, size, filter));
    }
    Box whole = new Box(0, 0, box.height(), box.width());
    return List.of(new Operation.Crop(box), new Operation.ResizedCrop(whole, size, size, filter));
  }

  /** The given one; its further digits are those of torchvision's arguments that round to it. */
  private static List<Double> matrix(JsonNode args, Image image) {
    List<Double> given = numbers(args, "inverse_matrix_row_major_2x3");
    if (!args.has("angle")) {
      return given;
    }
    List<Double> exact =
        Geometry.affine(
            image.height(),
            image.width(),
            number(args, "angle"),
            point(args, "translate"),
            number(args, "scale"),
            point(args, "shear"));
    return exact.stream().map(Operations::toNineDigits).toList().equals(given) ? exact : given;
  }

  private static Geometry.Point point(JsonNode args, String key) {
    List<Double> xy = numbers(args, key);
    return new Geometry.Point(xy.get(0), xy.get(1));
  }

  private static double toNineDigits(double value) {
    return new BigDecimal(value).round(new MathContext(9)).doubleValue();
  }

  private static Operation resize(JsonNode args, Image image) {
    return new Operation.ResizedCrop(
        new Box(0, 0, image.height(), image.width()),
        side(args, "height"),
        side(args, "width"),
        filter(args));
  }

  private static List<Operation> validation(JsonNode args) {
    double[] resize = Numbers.of(args.path("resize"), "args.resize");
    int crop = side(args, "center_crop");
    return List.of(
        new Operation.Resize((int) resize[0], (int) resize[1]),
        new Operation.CenterCrop(crop, crop));
  }

  private static List<Operation> jitter(JsonNode args) {
    List<Operation> byNumber =
        List.of(
            new Operation.Brightness(number(args, "brightness")),
            new Operation.Contrast(number(args, "contrast")),
            new Operation.Saturation(number(args, "saturation")),
            new Operation.HueShift(number(args, "hue")));
    List<Operation> operations = new ArrayList<>();
    for (double n :
        Numbers.of(args.path("order_0brightness_1contrast_2saturation_3hue"), "order")) {
      operations.add(byNumber.get((int) n));
    }
    return operations;
  }

  private static Box box(JsonNode args, int padding) {
    boolean square = args.has("size") && !args.has("height");
    return new Box(
        (int) number(args, "top") - padding,
        (int) number(args, "left") - padding,
        side(args, square ? "size" : "height"),
        side(args, square ? "size" : "width"));
  }

  private static Filter filter(JsonNode args) {
    return Filter.valueOf(args.path("interpolation").asText().toUpperCase(Locale.ROOT));
  }

  private static int side(JsonNode args, String key) {
    return Numbers.whole(args.path(key), "args." + key, 1, MAX_SIDE);
  }

  private static double number(JsonNode args, String key) {
    return Numbers.one(args.path(key), "args." + key);
  }

  private static List<Double> numbers(JsonNode args, String key) {
    return Arrays.stream(Numbers.of(args.path(key), "args." + key)).boxed().toList();
  }

  /** Of single precision, which nine digits say exactly. */
  private static List<Double> singles(JsonNode args, String key) {
    return numbers(args, key).stream().map(n -> (double) n.floatValue()).toList();
  }
}
