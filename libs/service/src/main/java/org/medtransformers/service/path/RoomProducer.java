package org.medtransformers.service.path;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.medtransformers.files.DiskRoom;

/** The disks that artifacts are written to. */
final class RoomProducer {
  @Produces
  @Singleton
  DiskRoom room(Artifacts artifacts) {
    return new DiskRoom(artifacts.volumes());
  }
}
