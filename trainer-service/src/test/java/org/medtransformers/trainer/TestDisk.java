package org.medtransformers.trainer;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicLong;
import org.medtransformers.files.DiskRoom;
import org.medtransformers.service.path.Artifacts;

/** The trainer's disk, which seems to have as much room as a test says. */
@Singleton
class TestDisk {
  private final AtomicLong usable = new AtomicLong(Long.MAX_VALUE);

  @Produces
  @Alternative
  @Priority(1)
  @Singleton
  DiskRoom room(Artifacts artifacts) {
    return new DiskRoom(artifacts.volumes(), folder -> usable.get());
  }

  void fill() {
    usable.set(0);
  }

  void makeRoom() {
    usable.set(Long.MAX_VALUE);
  }
}
