package org.medtransformers.service.database;

/** Rows that nobody needs once they are old enough; {@link Housekeeping} sees to them. */
public interface OldRows {
  /**
   * Deletes some.
   *
   * @param limit how many at most
   * @return how many; fewer than {@code limit} where none is left
   */
  int forget(int limit);
}
