package org.medtransformers.trainer;

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

/** Broker, database and a data-service with images of sixteen pixels: three batches per epoch. */
public final class TrainerTestStack extends LocalStackTestResource {
  static final DatasetDescription DESCRIPTION =
      new DatasetDescription(
          "Generated",
          List.of("dark", "grey", "bright"),
          Task.MULTI_CLASS,
          3,
          List.of(0.5, 0.5, 0.5),
          List.of(0.5, 0.5, 0.5),
          TargetMetric.COHEN_KAPPA,
          true);

  private final GeneratedDataServer data =
      new GeneratedDataServer(DESCRIPTION, new SplitSizes(24, 12, 12), 16);

  public TrainerTestStack() {
    super("trainer", Topics.all());
  }

  @Override
  public Map<String, String> start() {
    Map<String, String> settings = new HashMap<>(super.start());
    settings.put("medtrans.data-service.url", data.address().toString());
    settings.put("medtrans.jobs.renew-every", "200MS");
    settings.put("medtrans.jobs.poll-every", "100MS");
    settings.put("medtrans.jobs.backoff", "100MS");
    settings.put("medtrans.disk.retry-every", "200MS");
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
