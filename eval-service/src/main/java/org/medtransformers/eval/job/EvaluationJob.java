package org.medtransformers.eval.job;

import jakarta.inject.Singleton;
import java.util.Map;
import org.jboss.logging.MDC;
import org.medtransformers.batches.BatchClient;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.data.LoaderInfo;
import org.medtransformers.contracts.data.LoaderSpec;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.ErrorInfo;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.event.EvaluationEvent;
import org.medtransformers.contracts.event.Event;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.eval.config.EvalConfig;
import org.medtransformers.learning.LearnerSpec;
import org.medtransformers.learning.Network;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.engine.TorchEngine;
import org.medtransformers.learning.model.ModelSpec;
import org.medtransformers.learning.weights.ModelWeights;
import org.medtransformers.service.job.Job;
import org.medtransformers.service.job.JobContext;
import org.medtransformers.service.job.JobHandler;
import org.medtransformers.service.job.Outcome;
import org.medtransformers.service.path.Artifacts;
import org.medtransformers.service.path.ModelPaths;

/**
 * Measures one trained model on the test split. Everything that touches tensors happens on the
 * thread that calls {@link #run}; libtorch is loaded with the first job.
 */
@Singleton
public class EvaluationJob implements JobHandler {
  /** The kind of these jobs. */
  public static final String KIND = "evaluate";

  private final BatchClient client;
  private final Artifacts artifacts;
  private final ModelPaths models;
  private final EvaluationMetrics metrics;
  private final int threads;

  EvaluationJob(
      BatchClient client,
      Artifacts artifacts,
      ModelPaths models,
      EvaluationMetrics metrics,
      EvalConfig config) {
    this.client = client;
    this.artifacts = artifacts;
    this.models = models;
    this.metrics = metrics;
    this.threads = config.threads().orElseGet(Runtime.getRuntime()::availableProcessors);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Outcome run(JobContext context) throws InterruptedException {
    MDC.put("runId", context.job().runId());
    try {
      return evaluate(context, context.job().payload(EvaluationEvent.Requested.class));
    } finally {
      MDC.remove("runId");
    }
  }

  @Override
  public Event failed(Job job, ErrorInfo error) {
    return new EvaluationEvent.Failed(job.runId(), job.attempt(), error);
  }

  @Override
  public Event cancelled(Job job) {
    return new EvaluationEvent.Cancelled(job.runId(), job.attempt());
  }

  private Outcome evaluate(JobContext context, EvaluationEvent.Requested request)
      throws InterruptedException {
    requireTestImages(request);
    Map<String, Tensor> model =
        ModelWeights.read(models.require(request.checkpoint()), request.weightsSha256());
    LoaderInfo loader = client.register(testSplit(request), context::shouldStop);
    TorchEngine.unpackInto(artifacts.root().resolve("djl"));
    TorchEngine.start(threads);
    TorchDevice device = TorchDevice.of(request.config());
    try (Network network = Network.of(modelSpec(request), model, device)) {
      TestPass pass = new TestPass(network, request.dataset().description(), metrics);
      if (!pass.run(client, loader, context::shouldStop)) {
        return stopped(context);
      }
      return completed(context, request, pass);
    }
  }

  private Outcome completed(JobContext context, EvaluationEvent.Requested request, TestPass pass) {
    EvaluationResults results =
        new EvaluationResults(
            request.runId(),
            request.configSha256(),
            request.checkpoint(),
            request.dataset(),
            Split.TEST,
            pass.metrics(),
            ResultFiles.PREDICTIONS);
    ResultFiles files = new ResultFiles(artifacts.run(request.runId()));
    context.inTransaction(() -> files.write(results, pass.predictions()));
    return Outcome.done(
        new EvaluationEvent.Completed(
            request.runId(),
            context.job().attempt(),
            results.metrics(),
            artifacts.relative(files.results())));
  }

  private Outcome stopped(JobContext context) {
    return context.cancelled() ? Outcome.cancelled(cancelled(context.job())) : Outcome.released();
  }

  /** Every image once, in a fixed order, whatever the run file says of shuffling and dropping. */
  private static LoaderSpec testSplit(EvaluationEvent.Requested request) {
    RunConfig config = request.config();
    return new LoaderSpec(
        request.dataset().id(),
        Split.TEST,
        config.dataset().testTransforms().subList(0, 1),
        config.dataloaders().testloader().batchSize(),
        false,
        false,
        0);
  }

  private static ModelSpec modelSpec(EvaluationEvent.Requested request) {
    return LearnerSpec.model(request.config(), request.dataset().description());
  }

  private static void requireTestImages(EvaluationEvent.Requested request) {
    if (request.dataset().sizes().test() == 0) {
      throw MedtransException.of(
          ErrorCode.DATASET_INVALID,
          "the test split of %s is empty: there is nothing to evaluate on"
              .formatted(request.dataset().description().name()));
    }
  }
}
