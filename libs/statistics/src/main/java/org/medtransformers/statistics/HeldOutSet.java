package org.medtransformers.statistics;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import org.medtransformers.contracts.Sha256;

/**
 * The images on which models are compared, ordered by their ids. Two models have been measured on
 * the same ones if their test sets are equal: as many images with the same ids, groups and classes,
 * of which a fingerprint is kept, as there may be a million.
 */
public final class HeldOutSet {
  private final List<String> groups;
  private final int[] support;
  private final String sha256;

  private HeldOutSet(List<String> groups, int[] support, String sha256) {
    this.groups = groups;
    this.support = support;
    this.sha256 = sha256;
  }

  /** That of {@code predictions}, in whatever order. */
  public static HeldOutSet of(List<PredictedImage> predictions) {
    return ofOrdered(ordered(predictions));
  }

  /** That of predictions in the order of their images' ids. */
  static HeldOutSet ofOrdered(List<PredictedImage> predictions) {
    MessageDigest digest = Sha256.digest();
    List<String> groups = new ArrayList<>(predictions.size());
    int[] support = {};
    for (PredictedImage image : predictions) {
      add(digest, image.image());
      add(digest, image.group());
      add(digest, image.classes().toString());
      groups.add(image.group());
      for (int c : image.classes()) {
        support = c < support.length ? support : Arrays.copyOf(support, c + 1);
        support[c]++;
      }
    }
    return new HeldOutSet(Collections.unmodifiableList(groups), support, Sha256.hex(digest));
  }

  /** The length goes first, so that no other texts make the same sequence. */
  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
    digest.update(bytes);
  }

  /** {@code predictions} in the order of the images. */
  public static List<PredictedImage> ordered(List<PredictedImage> predictions) {
    return PredictionLists.ordered(List.of(predictions));
  }

  /** How many images there are. */
  public int size() {
    return groups.size();
  }

  /** The patient or lesion of each image; empty where none is known. */
  List<String> groups() {
    return groups;
  }

  /** How many patients or lesions there are; empty where no image has one. */
  public OptionalInt knownGroups() {
    long known = groups.stream().filter(g -> !g.isEmpty()).distinct().count();
    return known == 0 ? OptionalInt.empty() : OptionalInt.of((int) known);
  }

  /**
   * Images that show each class.
   *
   * @param classes their number
   */
  int[] support(int classes) {
    return Arrays.copyOf(support, classes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HeldOutSet set && sha256.equals(set.sha256);
  }

  @Override
  public int hashCode() {
    return sha256.hashCode();
  }
}
