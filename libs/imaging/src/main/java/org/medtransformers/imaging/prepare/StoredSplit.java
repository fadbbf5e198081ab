package org.medtransformers.imaging.prepare;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.Sha256;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.data.UsedSplit;
import org.medtransformers.imaging.dataset.DatasetListing;
import org.medtransformers.imaging.split.SplitScheme;

/**
 * {@code split.json}: which image is in which part, skipped ones included. The SHA-256 of its text
 * names it.
 *
 * @param dataset as in the experiment file
 * @param kind as in the experiment file, or {@code official} for one that the data set brings along
 * @param parameters of the kind
 * @param train ids, in the order in which they are served; likewise the others
 */
public record StoredSplit(
    String dataset,
    String kind,
    Map<String, Object> parameters,
    List<String> train,
    List<String> val,
    List<String> test) {
  public StoredSplit {
    // Ordered by name, so that the text is always the same.
    parameters = new TreeMap<>(parameters);
    train = List.copyOf(train);
    val = List.copyOf(val);
    test = List.copyOf(test);
  }

  static StoredSplit of(DatasetListing listing) {
    return new StoredSplit(
        listing.description().name(),
        listing.splits().scheme().kind(),
        listing.splits().scheme().parameters(),
        ids(listing, Split.TRAIN),
        ids(listing, Split.VAL),
        ids(listing, Split.TEST));
  }

  private static List<String> ids(DatasetListing listing, Split part) {
    return listing.splits().of(part).stream().map(i -> listing.samples().get(i).id()).toList();
  }

  public String text() {
    return Json.write(this);
  }

  /** By which the split is named. */
  public String sha256() {
    return Sha256.of(text());
  }

  /** The split in short; {@code data} is the hash of what it divides. */
  UsedSplit used(String data) {
    return new UsedSplit(
        kind,
        sha256(),
        data,
        Sha256.of(Json.write(List.of(val, test))),
        new SplitScheme(kind, parameters).trainFraction());
  }
}
