package org.medtransformers.golden.imaging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.imaging.dataset.DatasetListing;
import org.medtransformers.imaging.dataset.DatasetSource;
import org.medtransformers.imaging.dataset.Downloads;
import org.medtransformers.statistics.Classification;

/** Grades as pandas writes them: in the order of the alphabet 10.0 would come before 6.0. */
class OrderOfGradesTest {
  private static final List<String> TRUE = List.of("6.0", "7.0", "8.0", "9.0", "9.0", "10.0");
  private static final List<String> SAID = List.of("6.0", "7.0", "6.0", "9.0", "9.0", "10.0");

  @TempDir Path location;

  /** scikit-learn's cohen_kappa_score(…, weights="quadratic"); .8571 in the alphabet's order. */
  @Test
  void kappaIsThatOfTheValues() throws IOException {
    int[] labels = numbers(TRUE);
    int[] predictions = numbers(SAID);
    double kappa = Classification.multiClass(labels, predictions, 5, 0).cohenKappa();
    assertEquals(0.8481, kappa, 5e-5);
  }

  /** Of the classes of these grades, as a set of them is listed. */
  private int[] numbers(List<String> grades) throws IOException {
    Path file = Files.createDirectories(location.resolve("CSV")).resolve("labels.csv");
    StringBuilder csv = new StringBuilder("image,grade\n");
    List<String> all = IntStream.rangeClosed(6, 10).mapToObj(g -> g + ".0").toList();
    IntStream.range(0, grades.size())
        .forEach(i -> csv.append("%d.png,%s%n".formatted(i, grades.get(i))));
    all.forEach(g -> csv.append("all%s.png,%s%n".formatted(g, g)));
    Files.writeString(file, csv);
    DatasetListing listing =
        DatasetSource.list(
            DatasetName.CSV,
            location,
            Json.read(
                """
                {"csv": {"file": "labels.csv", "image_column": "image", "label_columns": ["grade"]}}
                """,
                RunConfig.Medtrans.class),
            path -> false,
            new Downloads(location, (name, done, total) -> {}));
    return listing.samples().stream()
        .limit(grades.size())
        .mapToInt(s -> s.classes().get(0))
        .toArray();
  }
}
