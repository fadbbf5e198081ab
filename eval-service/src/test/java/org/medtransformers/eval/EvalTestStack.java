package org.medtransformers.eval;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.medtransformers.batches.GeneratedDataServer;
import org.medtransformers.contracts.data.DatasetDescription;
import org.medtransformers.contracts.data.SplitSizes;
import org.medtransformers.contracts.data.TargetMetric;
import org.medtransformers.contracts.data.Task;
import org.medtransformers.contracts.event.Topics;
import org.medtransformers.localstack.testing.LocalStackTestResource;

/** Broker, database and a data-service with nineteen grey test images of thirty-two pixels. */
public final class EvalTestStack extends LocalStackTestResource {
  public static final DatasetDescription DESCRIPTION =
      new DatasetDescription(
          "Generated",
          List.of("dark", "bright"),
          Task.BINARY,
          1,
          List.of(0.5),
          List.of(0.5),
          TargetMetric.ROC_AUC,
          true);

  private final GeneratedDataServer data =
      new GeneratedDataServer(DESCRIPTION, new SplitSizes(8, 4, 19), 32);

  public EvalTestStack() {
    super("eval", Topics.all());
  }

  @Override
  public Map<String, String> start() {
    Map<String, String> settings = new HashMap<>(super.start());
    settings.put("medtrans.data-service.url", data.address().toString());
    settings.put("medtrans.eval.predictions.max-image-bytes", "1M");
    settings.put("medtrans.jobs.renew-every", "200MS");
    settings.put("medtrans.jobs.poll-every", "100MS");
    settings.put("medtrans.jobs.backoff", "100MS");
    return settings;
  }

  @Override
  public void inject(TestInjector injector) {
    super.inject(injector);
    injector.injectIntoFields(data, new TestInjector.MatchesType(GeneratedDataServer.class));
  }

  @Override
  public void stop() {
    super.stop();
    data.close();
  }
}
