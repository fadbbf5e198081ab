package org.medtransformers.data.service;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.imaging.Image;
import org.medtransformers.imaging.batch.Batcher;

/** What a loader does to an image, one transform after the other. */
@Singleton
public final class Steps {
  private final Loaders loaders;
  private final BatchGate gate;

  Steps(Loaders loaders, BatchGate gate) {
    this.loaders = loaders;
    this.gate = gate;
  }

  /** Remembers the image before. */
  private static final class Listed implements Batcher.Watcher {
    private final List<LoaderSteps.Step> steps = new ArrayList<>();
    private Image before;

    @Override
    public void step(String name, List<String> operations, Image after) {
      steps.add(
          new LoaderSteps.Step(
              name, operations, !after.equals(before), after.height(), after.width()));
      before = after;
    }
  }

  /** Keeps one image of them. */
  private static final class Chosen implements Batcher.Watcher {
    private final int number;
    private Image image;
    private int seen;

    Chosen(int number) {
      this.number = number;
    }

    @Override
    public void step(String name, List<String> operations, Image after) {
      if (seen++ == number) {
        image = after;
      }
    }
  }

  /**
   * The steps of one view of an image in an epoch.
   *
   * @throws MedtransException {@link ErrorCode#NOT_FOUND} for a loader, image or view that is not
   *     there
   */
  public LoaderSteps of(String loader, int image, int epoch, int view) {
    Batcher batcher = loaders.get(loader);
    Listed listed = new Listed();
    gate.alone(
        () -> {
          batcher.watch(image, epoch, view, listed);
          return listed;
        });
    return new LoaderSteps(
        image,
        epoch,
        view,
        batcher.viewsOfAnImage(),
        batcher.info().spec().seed(),
        List.copyOf(listed.steps));
  }

  /**
   * PNG of the image after step {@code number}, no larger than {@code size} pixels.
   *
   * @throws MedtransException {@link ErrorCode#NOT_FOUND} also for a step that is not there
   */
  public byte[] picture(String loader, int image, int epoch, int view, int number, int size) {
    Batcher batcher = loaders.get(loader);
    Chosen chosen = new Chosen(number);
    return gate.alone(
        () -> {
          batcher.watch(image, epoch, view, chosen);
          if (chosen.image == null) {
            throw MedtransException.of(
                ErrorCode.NOT_FOUND,
                "there is no step %d, there are 0 to %d".formatted(number, chosen.seen - 1));
          }
          return Pictures.png(chosen.image, size);
        });
  }
}
