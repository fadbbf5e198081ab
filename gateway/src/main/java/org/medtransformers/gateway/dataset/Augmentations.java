package org.medtransformers.gateway.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.util.Locale;
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

/**
 * What a run's training makes of an image, step by step: by the very loader that it trains from.
 */
@Singleton
public final class Augmentations {
  private static final String LOADERS = "/api/v1/loaders";

  private final Peers peers;
  private final Database database;
  private final Access access;

  Augmentations(Peers peers, Database database, Access access) {
    this.access = access;
    this.peers = peers;
    this.database = database;
  }

  /**
   * One view of one image in one epoch.
   *
   * @param image number in the prepared index
   */
  public record Sample(int image, int epoch, int view) {
    private String query() {
      return String.format(Locale.ROOT, "image=%d&epoch=%d&view=%d", image, epoch, view);
    }
  }

  /**
   * The steps by which {@code sample} is made.
   *
   * @throws MedtransException {@link ErrorCode#CONFLICT} where the run's data set is not prepared
   *     yet, {@link ErrorCode#NOT_FOUND} for a run, image or view that is not there
   */
  public JsonNode steps(String run, Sample sample) {
    return peers.get(Peer.DATA, loader(run) + "/steps?" + sample.query(), JsonNode.class);
  }

  /** PNG of the image after step {@code number}; throws likewise. */
  public byte[] picture(String run, Sample sample, int number, int size) {
    String path =
        String.format(
            Locale.ROOT, "%s/steps/%d?%s&size=%d", loader(run), number, sample.query(), size);
    return peers.bytes(Peer.DATA, path);
  }

  private String loader(String run) {
    LoaderSpec spec = database.inTransaction(() -> spec(NamedRuns.require(run, access.scope())));
    return LOADERS + "/" + peers.post(Peer.DATA, LOADERS, spec, LoaderInfo.class).id();
  }

  private static LoaderSpec spec(RunEntity run) {
    if (run.prepared == null) {
      throw MedtransException.of(
          ErrorCode.CONFLICT, "the data set of run %s is not prepared yet".formatted(run.id));
    }
    return LoaderSpec.ofTraining(run.file().config(), run.prepared.id(), run.seed);
  }
}
