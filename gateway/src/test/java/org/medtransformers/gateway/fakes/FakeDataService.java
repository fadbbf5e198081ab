package org.medtransformers.gateway.fakes;

import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.comparison.DataLook;
import org.medtransformers.contracts.config.DatasetName;
import org.medtransformers.contracts.data.SplitSizes;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.gateway.GatewayTestStack;
import org.medtransformers.gateway.fakes.FakeServices.Answer;

/** What a data-service would tell, of images that it has not seen. */
public final class FakeDataService {
  private static final DataLook LOOK =
      new DataLook(
          "APTOS2019",
          DatasetName.APTOS2019,
          GatewayTestStack.DATA.toString(),
          null,
          "APTOS2019 has the label files of APTOS2019",
          List.of("No DR", "Mild", "Moderate", "Severe", "Proliferative DR"),
          Task.MULTI_CLASS,
          TargetMetric.COHEN_KAPPA,
          3,
          false,
          new SplitSizes(700, 150, 150),
          List.of(200, 200, 200, 200, 200),
          140,
          30,
          900,
          0,
          64,
          0.001,
          0,
          List.of(),
          List.of(),
          List.of("a notice of the data"));

  /** One transparent pixel. */
  public static final byte[] PNG =
      Base64.getDecoder()
          .decode(
              "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

  private FakeDataService() {}

  /** Looks at data; is not through at the first request. */
  public static Function<String, Answer> looking() {
    AtomicInteger asked = new AtomicInteger();
    return path -> asked.getAndIncrement() > 0 ? Answer.json(200, Json.write(LOOK)) : busy(path);
  }

  /** Looks at data, and is never through. */
  public static Answer busy(String path) {
    return Answer.json(
        503, "{\"code\": \"UNAVAILABLE\", \"detail\": \"7 of 1000 images were looked at\"}");
  }

  /** Has the data set of {@link FakeTraining}. */
  public static Answer having(String path) {
    if (path.endsWith("/preview")) {
      return new Answer(200, "image/png", PNG);
    }
    if (path.endsWith("/loaders")) {
      return Answer.json(200, "{\"id\": \"l1\", \"images\": 50, \"batches\": 50}");
    }
    if (path.endsWith("/images")) {
      return Answer.json(
          200,
          IntStream.range(0, 50)
              .mapToObj("{\"index\": %1$d, \"id\": \"image%1$d\", \"group\": \"\"}"::formatted)
              .collect(Collectors.joining(",", "[", "]")));
    }
    return Answer.json(
        200,
        """
        {"available": true,
         "classCounts": {"train": [30, 10, 10, 10, 10], "val": [3, 3, 3, 3, 3], "test": [3, 3, 3, 3, 3]},
         "statistics": {"duplicates": {"files": 2, "images": 4, "acrossParts": 1, "differingLabels": 0}}}
        """);
  }

  /** Answers every question with an error. */
  public static Answer away(String path) {
    return Answer.json(503, "{}");
  }
}
