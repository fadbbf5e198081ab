package org.medtransformers.imaging.split;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.SplitKind;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.files.TextFile;

/**
 * The split of the published reference: the numbers shuffled as CPython does with seed 42, the
 * first {@code int(n * share)} held out; of these the first half validates, the rest tests.
 */
public final class SeedCompatibleSplit {
  private static final int SEED = 42;

  /** With its name's quotes, commas and indentation; and around all of them. */
  private static final int BYTES_PER_NUMBER = 32;

  private static final int FEW_BYTES = 4096;

  private SeedCompatibleSplit() {}

  /**
   * Splits {@code size} images.
   *
   * @param share of validation and test together
   */
  public static Splits shuffled(int size, double share) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, size).boxed().toList());
    new MersenneTwister(SEED).shuffle(order);
    int heldOut = heldOut(size, share);
    return split(
        Map.of("share", share, "seed", SEED),
        order.subList(heldOut, size),
        order.subList(0, heldOut));
  }

  private static int heldOut(int size, double share) {
    return (int) (size * share);
  }

  private static Splits split(
      Map<String, Object> parameters, List<Integer> train, List<Integer> heldOut) {
    int half = heldOut.size() / 2;
    return new Splits(
        new SplitScheme(SplitKind.SEED_COMPATIBLE.label(), parameters),
        train,
        heldOut.subList(0, half),
        heldOut.subList(half, heldOut.size()));
  }

  /**
   * Reads a stored split: {@code {"train_split": […], "val_split": […]}} or the list of the
   * held-out numbers. A {@link ErrorCode#DATASET_INVALID} says what does not fit {@code size} and
   * {@code share}.
   */
  public static Splits stored(Path file, int size, double share) {
    JsonNode json = parse(file, FEW_BYTES + (long) BYTES_PER_NUMBER * size);
    List<Integer> heldOut = numbers(json.isArray() ? json : json.path("val_split"), file);
    List<Integer> train =
        json.isArray() ? others(heldOut, size) : numbers(json.path("train_split"), file);
    check(train, heldOut, size, share, file);
    return split(Map.of("share", share, "file", file.getFileName().toString()), train, heldOut);
  }

  private static JsonNode parse(Path file, long most) {
    try {
      if (Files.size(file) > most) {
        throw invalid(
            file,
            "has %d bytes, allowed are %d for so many images".formatted(Files.size(file), most));
      }
      return Json.parse(TextFile.read(file));
    } catch (IOException | UncheckedIOException e) {
      throw invalid(file, "cannot be read: " + e.getMessage());
    }
  }

  private static List<Integer> numbers(JsonNode array, Path file) {
    if (!array.isArray()) {
      throw invalid(
          file, "must be {\"train_split\": [...], \"val_split\": [...]} or a list of numbers");
    }
    List<Integer> numbers = new ArrayList<>();
    for (JsonNode n : array) {
      if (!n.canConvertToInt() || !n.isIntegralNumber()) {
        throw invalid(file, "holds " + n + " where the number of an image must be");
      }
      numbers.add(n.intValue());
    }
    return numbers;
  }

  private static List<Integer> others(List<Integer> heldOut, int size) {
    BitSet taken = new BitSet(size);
    heldOut.stream().filter(n -> n >= 0 && n < size).forEach(taken::set);
    return IntStream.range(0, size).filter(n -> !taken.get(n)).boxed().toList();
  }

  private static void check(
      List<Integer> train, List<Integer> heldOut, int size, double share, Path file) {
    BitSet seen = new BitSet(size);
    for (List<Integer> part : List.of(heldOut, train)) {
      for (int n : part) {
        if (n < 0 || n >= size) {
          throw invalid(file, "names image %d of 0 to %d".formatted(n, size - 1));
        }
        if (seen.get(n)) {
          throw invalid(file, "names image %d twice".formatted(n));
        }
        seen.set(n);
      }
    }
    int expected = heldOut(size, share);
    if (heldOut.size() != expected || seen.cardinality() != size) {
      throw invalid(
          file,
          "holds out %d and trains on %d images, but the label file's %d ask for %d and %d; remove it to split anew"
              .formatted(heldOut.size(), train.size(), size, expected, size - expected));
    }
  }

  private static MedtransException invalid(Path file, String problem) {
    return MedtransException.of(ErrorCode.DATASET_INVALID, file + " " + problem);
  }
}
