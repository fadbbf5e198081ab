package org.medtransformers.imaging.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.config.OwnData;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.imaging.HeapShare;
import org.medtransformers.imaging.codec.ImageLimits;
import org.medtransformers.imaging.npz.NpzFile;

/**
 * One npz file of MedMNIST: images {@code train_images} [n, height, width] or [n, height, width, 3]
 * of bytes and {@code train_labels} [n, 1], or [n, k] of 0 and 1 where an image shows several
 * findings; likewise {@code val_…} and {@code test_…}, which are the split.
 */
record MedMnist(OwnData.MedMnist options) implements DatasetSource {
  private static final List<String> PARTS = List.of("train", "val", "test");
  private static final int MOST_CLASSES = 1000;

  /** Bytes that a label takes while it is read: values are moved as their array grows. */
  private static final int BYTES_PER_LABEL = 12;

  /** What all three parts have in common: the shape of an image and the number of label columns. */
  record Layout(List<Long> image, long columns) {}

  record Part(String name, Layout layout, NpzFile.Labels labels) {
    int size() {
      return labels.shape().get(0).intValue();
    }

    int highest() {
      return IntStream.range(0, labels.values().capacity())
          .map(labels.values()::get)
          .max()
          .orElse(0);
    }
  }

  @Override
  public DatasetName name() {
    return DatasetName.MED_MNIST;
  }

  @Override
  public DatasetFolder open(Path location, Predicate<Path> allowed, Downloads downloads) {
    if (Files.exists(location.resolve(folder()).resolve(options.file()))) {
      return DatasetSource.super.open(location, allowed, downloads);
    }
    MedMnistFile published =
        MedMnistFile.of(options.file())
            .orElseThrow(
                () ->
                    MedtransException.of(
                        ErrorCode.DATASET_INVALID,
                        "data_location %s has no file %s/%s, and none of that name is published;"
                                .formatted(location, folder(), options.file())
                            + " published are "
                            + MedMnistFile.sets()
                            + ", with _64, _128 or _224 behind the name for larger images"));
    Path file = downloads.get(published.url(), options.file(), published.md5());
    return DatasetFolder.open(file.getParent(), ".", allowed);
  }

  @Override
  public String folder() {
    return options.folder() == null ? name().label() : options.folder();
  }

  @Override
  public DatasetListing list(DatasetFolder folder) {
    Path file = folder.labelFile(options.file());
    List<Part> parts = parts(file, HeapShare.ofThisProcess());
    Layout layout = parts.get(0).layout();
    Optional<MedMnistFile> published = MedMnistFile.of(options.file());
    boolean several = layout.columns() > 1;
    List<String> classes =
        published.map(MedMnistFile::classes).orElseGet(() -> numbered(file, layout, parts));
    if (several && classes.size() != layout.columns()) {
      throw invalid(
          file,
          "labels have %d columns, the set has %d classes"
              .formatted(layout.columns(), classes.size()));
    }
    Task task = several ? Task.MULTI_LABEL : classes.size() == 2 ? Task.BINARY : Task.MULTI_CLASS;
    SplitSamples samples = new SplitSamples();
    for (Part part : parts) {
      samples.addPart(
          IntStream.range(0, part.size())
              .mapToObj(row -> sample(file, part, row, classes.size()))
              .toList());
    }
    TargetMetric metric =
        published.map(MedMnistFile::metric).orElseGet(() -> TargetMetric.usual(task));
    int channels = layout.image().size() == 3 ? 3 : 1;
    DatasetDescription description =
        OwnDescription.of(this, "medmnist", options, classes, task, channels, metric, folder);
    return samples.listing(folder, description, List.of());
  }

  static List<Part> parts(Path file, HeapShare memory) {
    try (NpzFile npz = NpzFile.open(file)) {
      List<List<Long>> images =
          PARTS.stream().map(name -> images(file, npz, name, memory)).toList();
      requireFew(file, images, memory);
      List<Part> parts =
          IntStream.range(0, PARTS.size())
              .mapToObj(i -> part(file, npz, PARTS.get(i), images.get(i), memory))
              .toList();
      for (Part part : parts) {
        if (!part.layout().equals(parts.get(0).layout())) {
          throw invalid(
              file,
              "%s is %s, but train is %s; allowed is one shape"
                  .formatted(part.name(), part.layout(), parts.get(0).layout()));
        }
      }
      return parts;
    }
  }

  /** The shape of a part's images, [n, height, width] or [n, height, width, 3]. */
  private static List<Long> images(Path file, NpzFile npz, String name, HeapShare memory) {
    List<Long> images =
        npz.imageShape(name + "_images")
            .orElseThrow(() -> invalid(file, "has no array " + name + "_images"));
    boolean colour = images.size() == 4 && images.get(3) == 3;
    if (images.size() != 3 && !colour) {
      throw invalid(
          file,
          "%s_images has the shape %s, allowed are [n, height, width] and [n, height, width, 3]"
              .formatted(name, images));
    }
    requireSize(file, name, images, memory);
    return images;
  }

  /** Before anything is made of them: a few bytes of an archive may claim any number. */
  private static void requireFew(Path file, List<List<Long>> images, HeapShare memory) {
    long count = images.stream().mapToLong(shape -> shape.get(0)).sum();
    if (count > memory.images()) {
      throw invalid(
          file,
          "has %d images, allowed are %d with the memory of this process"
              .formatted(count, memory.images()));
    }
  }

  private static Part part(
      Path file, NpzFile npz, String name, List<Long> images, HeapShare memory) {
    NpzFile.Labels labels =
        npz.labels(name + "_labels", memory.table() / BYTES_PER_LABEL)
            .orElseThrow(() -> invalid(file, "has no array " + name + "_labels"));
    List<Long> shape = labels.shape();
    if (shape.isEmpty() || shape.size() > 2 || !shape.get(0).equals(images.get(0))) {
      throw invalid(
          file,
          "%s_labels has the shape %s, allowed is [%d, k]".formatted(name, shape, images.get(0)));
    }
    long columns = shape.size() == 1 ? 1 : shape.get(1);
    return new Part(name, new Layout(images.subList(1, images.size()), columns), labels);
  }

  private static void requireSize(Path file, String name, List<Long> images, HeapShare memory) {
    long height = images.get(1);
    long width = images.get(2);
    // Beside the bytes of its file an image exists in red, green and blue before it is resized.
    long most = Math.min(ImageLimits.DEFAULT.maxPixels(), memory.decoding() / (2 * 3));
    if (height < 1 || width < 1 || height > most || width > most || height * width > most) {
      throw invalid(
          file,
          "%s_images has images of %d x %d pixels, allowed are 1 to %d in all"
              .formatted(name, width, height, most));
    }
  }

  /** The classes of a file of which nothing is known, named by number. */
  private static List<String> numbered(Path file, Layout layout, List<Part> parts) {
    long count =
        layout.columns() > 1
            ? layout.columns()
            : 1L + parts.stream().mapToInt(Part::highest).max().orElse(0);
    if (count < 2 || count > MOST_CLASSES) {
      throw invalid(
          file, "labels are of %d classes, allowed are 2 to %d".formatted(count, MOST_CLASSES));
    }
    return IntStream.range(0, (int) count).mapToObj(Integer::toString).toList();
  }

  private static Sample sample(Path file, Part part, int row, int classes) {
    int columns = (int) part.layout().columns();
    int[] values = new int[columns];
    part.labels().values().get(row * columns, values);
    String id = part.name() + "/" + row;
    int highest = columns > 1 ? 1 : classes - 1;
    for (int value : values) {
      if (value < 0 || value > highest) {
        throw Labels.outOfRange(file, id, Integer.toString(value), "0 to " + highest);
      }
    }
    List<Integer> shown =
        columns > 1
            ? IntStream.range(0, columns).filter(c -> values[c] == 1).boxed().toList()
            : List.of(values[0]);
    return new Sample(id, new ArrayRow(file, part.name() + "_images", row), shown, "");
  }

  private static MedtransException invalid(Path file, String problem) {
    return MedtransException.of(ErrorCode.DATASET_INVALID, file + ": " + problem);
  }
}
