package org.medtransformers.imaging.prepare;

/** Hears how far preparing is. */
public interface PrepareListener {

  /**
   * Called by the preparing thread after every image, and while it waits for another preparer of
   * the same set; what it throws ends the preparing and leaves nothing behind.
   */
  void progress(int done, int total);
}
