package org.medtransformers.gateway.prediction;

import jakarta.inject.Singleton;
import java.util.Locale;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.DatasetImage;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.loader.LoaderInfo;
import org.medtransformers.contracts.loader.LoaderSpec;
import org.medtransformers.gateway.access.Access;
import org.medtransformers.gateway.entity.NamedRuns;
import org.medtransformers.gateway.entity.RunEntity;
import org.medtransformers.gateway.peer.Peer;
import org.medtransformers.gateway.peer.Peers;
import org.medtransformers.service.database.Database;

/** Images as a run's model saw them when it was measured, from the data-service. */
@Singleton
public final class ImagePreviews {
  private static final String LOADERS = "/api/v1/loaders";

  private final Database database;
  private final Peers peers;
  private final Access access;

  ImagePreviews(Database database, Peers peers, Access access) {
    this.access = access;
    this.database = database;
    this.peers = peers;
  }

  /**
   * A PNG of one image, under the test transforms, before normalisation.
   *
   * @param id of a run, or a model name, which means its latest success
   * @param split null for the one on which the run is measured
   * @param row its place in the split, from 0
   * @throws MedtransException {@code NOT_FOUND} where there is no such run or image, or its data
   *     set is not prepared any more; {@code UNAVAILABLE} where the data-service does not answer
   */
  public byte[] png(String id, Split split, int row) {
    LoaderSpec spec =
        database.inTransaction(() -> spec(NamedRuns.require(id, access.scope()), split));
    int index = index(spec, row);
    String loader = peers.post(Peer.DATA, LOADERS, spec, LoaderInfo.class).id();
    String preview = String.format(Locale.ROOT, "/%s/preview?image=%d&n=1", loader, index);
    return peers.bytes(Peer.DATA, LOADERS + preview);
  }

  private static LoaderSpec spec(RunEntity run, Split split) {
    if (run.prepared == null) {
      throw MedtransException.of(
          ErrorCode.NOT_FOUND,
          "run %s has no images: its data set is not prepared yet".formatted(run.id));
    }
    RunConfig config = run.file().config();
    return LoaderSpec.ofEvaluation(
        config, run.prepared.id(), split == null ? config.medtrans().evaluation().split() : split);
  }

  /** The number of the image in the prepared index: rows count by split. */
  private int index(LoaderSpec spec, int row) {
    String images =
        String.format(
            Locale.ROOT,
            "/api/v1/datasets/%s/images?split=%s&page=%d&size=1",
            spec.preparedId(),
            spec.split().label(),
            row);
    DatasetImage[] found = peers.get(Peer.DATA, images, DatasetImage[].class);
    if (found.length == 0) {
      throw MedtransException.of(
          ErrorCode.NOT_FOUND,
          "there is no image %d in the part %s of data set %s"
              .formatted(row, spec.split().label(), spec.preparedId()));
    }
    return found[0].index();
  }
}
