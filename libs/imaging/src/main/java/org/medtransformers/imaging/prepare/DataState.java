package org.medtransformers.imaging.prepare;

import java.io.IOException;
import org.medtransformers.files.DiskErrors;
import org.medtransformers.imaging.dataset.DatasetListing;

/** By which a data set on the disk is told from what it was. */
public final class DataState {
  private DataState() {}

  /** A hash of label files, and of each image's name, classes, group, size and time. */
  public static String of(DatasetListing listing) {
    try {
      return Fingerprint.data(listing);
    } catch (IOException e) {
      throw DiskErrors.describe(e, "looking at " + listing.root());
    }
  }
}
