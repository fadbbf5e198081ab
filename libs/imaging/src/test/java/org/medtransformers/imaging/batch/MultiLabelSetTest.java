package org.medtransformers.imaging.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.loader.LoaderSpec;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.imaging.TestSets;
import org.medtransformers.imaging.codec.ImageLimits;
import org.medtransformers.imaging.prepare.PrepareSpec;
import org.medtransformers.imaging.prepare.PreparedSet;
import org.medtransformers.imaging.prepare.PreparedStore;
import org.medtransformers.imaging.prepare.Preparer;

/** From a label file with several columns to the labels of a batch. */
class MultiLabelSetTest {
  private static final String MEDTRANS =
      """
      {"csv": {"file": "labels.csv", "image_column": "image", "label_columns": ["a", "b", "c"],
               "channels": 1, "mean": [0.5], "std": [0.5]}}
      """;

  @TempDir Path temp;

  @Test
  void anImageWithSeveralFindingsHasOneForEachAndOneWithNoneHasZeros() throws IOException {
    Path folder = Files.createDirectories(temp.resolve("CSV"));
    StringBuilder csv = new StringBuilder("image,a,b,c\n");
    List<String> labels = List.of("1,0,1", "0,0,0", "0,1,0", "1,1,1");
    for (int i = 0; i < labels.size(); i++) {
      Files.write(folder.resolve(i + ".pgm"), "P5 1 1 255 x".getBytes(StandardCharsets.US_ASCII));
      csv.append(i).append(".pgm,").append(labels.get(i)).append('\n');
    }
    Files.writeString(folder.resolve("labels.csv"), csv);
    Path root = temp.resolve("prepared");
    PrepareSpec spec =
        new PrepareSpec(
            TestSets.spec(DatasetName.CSV, temp, TestSets.NONE).dataset(),
            Json.read(MEDTRANS, RunConfig.Medtrans.class));
    String id =
        new Preparer(root, ImageLimits.DEFAULT, 1, path -> false)
            .prepare(spec, (done, total) -> {})
            .id();
    Path prepared = new PreparedStore(root).folder(id);
    PreparedSet set = PreparedSet.open(prepared);

    String index = Files.readString(prepared.resolve("index.csv"));
    assertTrue(index.contains("0.pgm,0;2,"), index);
    assertTrue(index.contains("1.pgm,,"), index);
    List<List<Integer>> shown = List.of(List.of(0, 2), List.of(), List.of(1), List.of(0, 1, 2));
    set.rows()
        .forEach(row -> assertEquals(shown.get(row.id().charAt(0) - '0'), row.classes(), row.id()));

    LoaderSpec loader = new LoaderSpec(id, Split.TRAIN, List.of(TestSets.NONE), 4, false, false, 0);
    Batcher batcher = new Batcher(set, loader);
    Tensor label = batcher.batch(0, 0).get("label");
    int[] train = set.rows(Split.TRAIN);
    assertEquals(List.of((long) train.length, 3L), label.shape());
    float[] expected = new float[3 * train.length];
    for (int i = 0; i < train.length; i++) {
      for (int c : shown.get(set.rows().get(train[i]).id().charAt(0) - '0')) {
        expected[3 * i + c] = 1;
      }
    }
    assertArrayEquals(expected, label.floats());
  }
}
