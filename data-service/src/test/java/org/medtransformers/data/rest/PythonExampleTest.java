package org.medtransformers.data.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.Transforms;
import org.medtransformers.contracts.data.PreparedDataset;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.loader.LoaderSpec;
import org.medtransformers.contracts.tensor.PixelViews;
import org.medtransformers.contracts.tensor.Safetensors;
import org.medtransformers.data.DataTestStack;
import org.medtransformers.data.Requests;
import org.medtransformers.data.service.Datasets;
import org.medtransformers.imaging.batch.Batcher;
import org.medtransformers.imaging.prepare.PreparedSet;
import org.medtransformers.imaging.prepare.PreparedStore;
import org.medtransformers.imaging.prepare.Preparer;
import org.medtransformers.localstack.testing.LocalStackTestResource;
import org.medtransformers.python.Python;

/** The Python in this module's README, run as it stands there. */
@QuarkusTest
@QuarkusTestResource(DataTestStack.class)
class PythonExampleTest {
  @Inject Preparer preparer;
  @Inject PreparedStore store;
  @Inject Datasets datasets;

  @TestHTTPResource("/")
  URI service;

  @Test
  void documentedLinesReadTheBatchesOfTheLibrary() throws Exception {
    Python python = Python.with("numpy, torch");
    PreparedDataset dataset =
        preparer.prepare(Requests.spec(DataTestStack.DATA, 18), (done, total) -> {});
    datasets.register(dataset);
    Path script = Path.of("target", "example.py");
    Files.writeString(script, documented());
    Path key = Path.of("target", "service-key");
    Files.writeString(key, LocalStackTestResource.SERVICE_KEY + "\n");
    String output =
        python.run(script.toString(), service.toString().replaceAll("/$", ""), key.toString());
    assertEquals(expected(dataset.id()), output.lines().toList());
  }

  private static String documented() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    int start = readme.indexOf("```python\n") + "```python\n".length();
    return readme.substring(start, readme.indexOf("```", start));
  }

  private List<String> expected(String preparedId) {
    Transforms view =
        Json.read(
            """
            {"RandomResizedCrop": {"apply": true, "size": 16, "scale": [0.8, 1]}, "Normalize": true}
            """,
            Transforms.class);
    LoaderSpec spec = new LoaderSpec(preparedId, Split.TRAIN, List.of(view), 8, true, false, 0);
    Batcher library = new Batcher(PreparedSet.open(store.folder(preparedId)), spec);
    return IntStream.range(0, library.info().batches())
        .mapToObj(number -> line(number, library.batch(0, number)))
        .toList();
  }

  private static String line(int number, Safetensors batch) {
    double mean = Arrays.stream(PixelViews.floats(batch, 0).doubles()).average().orElseThrow();
    return "%d %s %s %.3f"
        .formatted(
            number, batch.get("view.0").shape(), Arrays.toString(batch.get("label").longs()), mean);
  }
}
