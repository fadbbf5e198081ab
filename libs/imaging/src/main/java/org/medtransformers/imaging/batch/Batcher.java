package org.medtransformers.imaging.batch;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.Sha256;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.loader.LoaderInfo;
import org.medtransformers.contracts.loader.LoaderSpec;
import org.medtransformers.contracts.tensor.DType;
import org.medtransformers.contracts.tensor.PixelViews;
import org.medtransformers.contracts.tensor.Safetensors;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.imaging.Image;
import org.medtransformers.imaging.prepare.PreparedSet;
import org.medtransformers.imaging.random.RandomStream;

/**
 * Makes a loader's batches. A batch is a pure function of (loader, epoch, number): two batchers, on
 * any machines and with any number of threads, give the same bytes. Safe for many threads.
 */
public final class Batcher {
  /** Raised whenever the same description would give other bytes. */
  private static final String FORMAT = "loader-1";

  private static final int WITHOUT_LABEL = -1;

  /** What the image is called that a view begins with. */
  private static final String PREPARED = "prepared";

  private final PreparedSet set;
  private final LoaderSpec spec;
  private final LoaderInfo info;
  private final int[] rows;
  private final List<View> views;
  private final PixelScale unit;
  private final PixelScale normalized;

  /**
   * @throws MedtransException {@link ErrorCode#INVALID_REQUEST} where the description does not fit
   *     the prepared set
   */
  public Batcher(PreparedSet set, LoaderSpec spec) {
    LoaderChecks.check(spec, set.size(spec.split()));
    this.set = set;
    this.spec = spec;
    this.rows = set.rows(spec.split());
    this.views = View.of(spec.views(), set.size(spec.split()).isPresent());
    this.unit = PixelScale.unit(set.dataset().description());
    this.normalized = PixelScale.normalized(set.dataset().description());
    this.info = new LoaderInfo(id(spec), spec, images(), batches(), classCounts());
  }

  /** The id of a loader: the hash of its description. */
  public static String id(LoaderSpec spec) {
    return Sha256.of(FORMAT + Json.write(spec));
  }

  public LoaderInfo info() {
    return info;
  }

  private int batches() {
    return spec.dropLast()
        ? rows.length / spec.batchSize()
        : (rows.length + spec.batchSize() - 1) / spec.batchSize();
  }

  private List<Integer> classCounts() {
    int[] counts = new int[set.dataset().description().classes().size()];
    for (int row : rows) {
      set.classes(row).forEach(c -> counts[c]++);
    }
    return Arrays.stream(counts).boxed().toList();
  }

  private int images() {
    return spec.dropLast() ? batches() * spec.batchSize() : rows.length;
  }

  /**
   * One batch of n images: {@code view.0}, {@code view.1}, … [n, channels, height, width], see
   * {@link PixelViews}: bytes, but floats where {@code RandomErasing} may act; {@code label} int64
   * [n], -1 where an image has none, or float32 of 0 and 1, likewise, [n, 1] for a binary task and
   * [n, classes] where an image shows several; {@code index} int64 [n], numbers of the images in
   * the prepared index.
   *
   * @throws MedtransException {@link ErrorCode#NOT_FOUND} for a batch that the epoch does not have
   */
  public Safetensors batch(int epoch, int number) {
    return batch(epoch, number, Bounds.WIDEST);
  }

  /**
   * As {@link #batch(int, int)}, within bounds.
   *
   * @throws MedtransException also {@link ErrorCode#INVALID_REQUEST} for a batch that is too large
   * @throws java.util.concurrent.CancellationException where nobody waits for it any more
   */
  public Safetensors batch(int epoch, int number, Bounds bounds) {
    requireExists(epoch, number);
    int[] images = imagesOf(epoch, number);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    List<Tensor> pixels = pixels(images, epoch, bounds);
    for (int v = 0; v < pixels.size(); v++) {
      tensors.put(PixelViews.view(v), pixels.get(v));
      if (pixels.get(v).dtype() == DType.U8) {
        tensors.put(PixelViews.values(v), scale(views.get(v)).values());
      }
    }
    tensors.put("label", labels(images));
    tensors.put(
        "index", Tensor.ofLongs(Arrays.stream(images).asLongStream().toArray(), images.length));
    return new Safetensors(tensors);
  }

  /** Throws {@link ErrorCode#NOT_FOUND} for a batch that the epoch does not have. */
  public void requireExists(int epoch, int number) {
    if (epoch < 0 || number < 0 || number >= info.batches()) {
      throw MedtransException.of(
          ErrorCode.NOT_FOUND,
          "there is no batch %d in epoch %d; epochs begin at 0 and have %d batches"
              .formatted(number, epoch, info.batches()));
    }
  }

  private int[] imagesOf(int epoch, int number) {
    int from = number * spec.batchSize();
    int to = Math.min(rows.length, from + spec.batchSize());
    if (!spec.shuffle()) {
      return Arrays.copyOfRange(rows, from, to);
    }
    int[] order = RandomStream.ofOrder(spec.seed(), epoch).permutation(rows.length);
    return Arrays.stream(order, from, to).map(i -> rows[i]).toArray();
  }

  private Tensor labels(int[] images) {
    DatasetDescription dataset = set.dataset().description();
    int n = images.length;
    return switch (dataset.task()) {
      case MULTI_CLASS -> Tensor.ofLongs(Arrays.stream(images).mapToLong(this::label).toArray(), n);
      case BINARY -> {
        float[] targets = new float[n];
        for (int i = 0; i < n; i++) {
          targets[i] = label(images[i]);
        }
        yield Tensor.ofFloats(targets, n, 1);
      }
      case MULTI_LABEL -> {
        int outputs = dataset.outputs();
        float[] targets = new float[n * outputs];
        for (int i = 0; i < n; i++) {
          int first = i * outputs;
          set.classes(images[i]).forEach(shown -> targets[first + shown] = 1);
        }
        yield Tensor.ofFloats(targets, n, outputs);
      }
    };
  }

  private int label(int image) {
    return set.classes(image).findFirst().orElse(WITHOUT_LABEL);
  }

  /**
   * A contact sheet of what epochs 0 to {@code samples} - 1 see of one image, view by view, before
   * normalisation.
   *
   * @param number of the image in the prepared index
   * @throws MedtransException {@link ErrorCode#NOT_FOUND} for an image that is not the loader's,
   *     {@link ErrorCode#INVALID_REQUEST} where the sheet would be too large
   */
  public Image contactSheet(int number, int samples) {
    requireImage(number);
    Image image = set.image(number);
    List<Image> cells = new ArrayList<>();
    long pixels = 0;
    for (int epoch = 0; epoch < samples; epoch++) {
      for (View view : views) {
        Image cell = view.shown(image, spec.seed(), epoch, number, scale(view));
        pixels += (long) cell.height() * cell.width();
        ContactSheet.requireSmall(pixels);
        cells.add(cell);
      }
    }
    return ContactSheet.of(cells, views.size());
  }

  /** What an epoch makes of one image, step by step, before normalisation. */
  public interface Watcher {
    /**
     * @param name of the transform as in the experiment file; {@code prepared} for the image that
     *     the first one is given
     * @param operations what was drawn, as text; none where the transform did nothing
     * @param after the image that it has left
     */
    void step(String name, List<String> operations, Image after);
  }

  /**
   * Shows {@code watcher} how {@code view} of image {@code number} is made in {@code epoch}: the
   * very numbers that a training draws.
   *
   * @param view number of the view, from 0
   * @throws MedtransException {@link ErrorCode#NOT_FOUND} for an image or a view that is not the
   *     loader's
   */
  public void watch(int number, int epoch, int view, Watcher watcher) {
    requireImage(number);
    if (view < 0 || view >= views.size()) {
      throw MedtransException.of(
          ErrorCode.NOT_FOUND,
          "there is no view %d, the loader makes 0 to %d".formatted(view, views.size() - 1));
    }
    Image image = set.image(number);
    watcher.step(PREPARED, List.of(), image);
    View chosen = views.get(view);
    var unused =
        chosen.shown(
            image,
            spec.seed(),
            epoch,
            number,
            scale(chosen),
            (name, operations, after) ->
                watcher.step(name, operations.stream().map(Object::toString).toList(), after));
  }

  /** How many views of an image the loader makes. */
  public int viewsOfAnImage() {
    return views.size();
  }

  private void requireImage(int number) {
    if (Arrays.binarySearch(rows, number) < 0) {
      throw MedtransException.of(
          ErrorCode.NOT_FOUND,
          "there is no image %d in split %s, which has %s"
              .formatted(
                  number,
                  spec.split().label(),
                  rows.length == 0
                      ? "none"
                      : "%d to %d".formatted(rows[0], rows[rows.length - 1])));
    }
  }

  private PixelScale scale(View view) {
    return view.normalizes() ? normalized : unit;
  }

  private List<Tensor> pixels(int[] images, int epoch, Bounds bounds) {
    BatchMemory memory = new BatchMemory(bounds.bytes());
    List<ViewBuffer> buffers = new ArrayList<>();
    views.forEach(v -> buffers.add(new ViewBuffer(type(v), images.length, memory)));
    for (int row : images) {
      bounds.requireWanted();
      Image image = set.image(row);
      for (int v = 0; v < views.size(); v++) {
        View view = views.get(v);
        Image result = view.apply(image, spec.seed(), epoch, row);
        ByteBuffer place = buffers.get(v).next(result, () -> set.rows().get(row).source());
        if (view.erases()) {
          view.write(result, scale(view), spec.seed(), epoch, row, place);
        } else {
          Planes.split(result, place);
        }
      }
    }
    return buffers.stream().map(ViewBuffer::tensor).toList();
  }

  private static DType type(View view) {
    return view.erases() ? DType.F32 : DType.U8;
  }
}
