package org.medtransformers.gateway.report.content;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import org.medtransformers.contracts.data.DatasetImage;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.loader.LoaderInfo;
import org.medtransformers.contracts.loader.LoaderSpec;
import org.medtransformers.gateway.peer.Peer;
import org.medtransformers.gateway.peer.Peers;

/**
 * Asks the data-service what prepared images are like. Everything throws {@link MedtransException}
 * where it does not answer, or knows nothing of them.
 */
@Singleton
final class DataService {
  /** Images that it tells of at once. */
  static final int PAGE = 10_000;

  private static final String LOADERS = "/api/v1/loaders";

  private final Peers peers;

  DataService(Peers peers) {
    this.peers = peers;
  }

  /** A prepared data set, as far as a report tells of it. */
  record Prepared(Map<Split, List<Integer>> classCounts, Study.Copies statistics) {}

  Prepared dataset(String id) {
    return peers.get(Peer.DATA, "/api/v1/datasets/" + id, Prepared.class);
  }

  /** One page of the images of a part; empty behind the last. */
  List<DatasetImage> images(String id, Split split, int page) {
    String path = "/api/v1/datasets/%s/images?split=%s&page=%d&size=%d";
    return List.of(
        peers.get(Peer.DATA, path.formatted(id, split.label(), page, PAGE), DatasetImage[].class));
  }

  /** Makes a loader known; its id. */
  String loader(LoaderSpec spec) {
    return peers.post(Peer.DATA, LOADERS, spec, LoaderInfo.class).id();
  }

  /** The first augmented sample of an image, a PNG. */
  byte[] preview(String loader, int image) {
    return peers.bytes(Peer.DATA, "%s/%s/preview?image=%d&n=1".formatted(LOADERS, loader, image));
  }
}
