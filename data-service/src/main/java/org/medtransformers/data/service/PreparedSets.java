package org.medtransformers.data.service;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.imaging.prepare.PreparedSet;
import org.medtransformers.imaging.prepare.PreparedStore;

/**
 * The prepared sets that are open here, one copy of each for all loaders over it. What their
 * indexes take of the memory is bounded: the ones used last are kept.
 */
@Singleton
public final class PreparedSets {
  /** Of the heap, for the indexes of open sets. */
  private static final int SHARE = 8;

  /** What an open set takes beside its index, rounded up. */
  private static final int FEW_BYTES = 64 * 1024;

  /**
   * @param state by which the same files are told from others of the same names
   */
  private record Key(String id, String state) {}

  private final PreparedStore store;
  private final Cache<Key, PreparedSet> open;
  private volatile Consumer<String> closed = id -> {};

  @Inject
  PreparedSets(PreparedStore store) {
    this(store, Runtime.getRuntime().maxMemory() / SHARE);
  }

  /**
   * @param most bytes that the indexes of the sets that are kept may take
   */
  PreparedSets(PreparedStore store, long most) {
    this.store = store;
    this.open =
        Caffeine.newBuilder()
            .maximumWeight(most)
            .weigher((Key key, PreparedSet set) -> weight(set))
            .executor(Runnable::run)
            .removalListener((key, set, cause) -> closed.accept(key.id()))
            .build();
  }

  private static int weight(PreparedSet set) {
    return (int) Math.min(Integer.MAX_VALUE, FEW_BYTES + set.indexBytes());
  }

  /** Tells {@code listener} the id of each set that is kept no longer, so that no one keeps it. */
  void whenClosed(Consumer<String> listener) {
    closed = listener;
  }

  /** Keeps those no longer that were removed from the disk: an open file takes its room. */
  void closeRemoved() {
    open.asMap().keySet().removeIf(key -> store.manifest(key.id()).isEmpty());
  }

  /**
   * The set as it is on the disk now.
   *
   * @throws MedtransException {@link ErrorCode#NOT_FOUND} where it is not there whole
   */
  PreparedSet get(String id) {
    Path folder = store.folder(id);
    return open.get(new Key(id, PreparedSet.state(folder)), key -> PreparedSet.open(folder));
  }
}
