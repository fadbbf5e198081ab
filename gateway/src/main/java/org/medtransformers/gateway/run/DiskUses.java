package org.medtransformers.gateway.run;

import jakarta.inject.Singleton;
import java.util.Optional;

/** What was last measured of the disk, for whoever wants to know. */
@Singleton
public final class DiskUses {
  private volatile DiskUse last;

  void measured(DiskUse use) {
    last = use;
  }

  /** Empty before the first time. */
  public Optional<DiskUse> last() {
    return Optional.ofNullable(last);
  }
}
