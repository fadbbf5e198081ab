package org.medtransformers.eval.job;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.medtransformers.batches.BatchClient;
import org.medtransformers.contracts.cost.InferenceCost;
import org.medtransformers.contracts.data.Split;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.ErrorInfo;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.event.EvaluationEvent;
import org.medtransformers.contracts.event.Event;
import org.medtransformers.contracts.result.EvaluationResults;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.eval.model.Torch;
import org.medtransformers.learning.cost.ResourceMeter;
import org.medtransformers.learning.cost.ThisMachine;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.engine.TorchEngine;
import org.medtransformers.learning.model.ModelSpec;
import org.medtransformers.learning.network.Network;
import org.medtransformers.learning.training.LearnerSpec;
import org.medtransformers.learning.weights.ModelWeights;
import org.medtransformers.service.job.Job;
import org.medtransformers.service.job.JobContext;
import org.medtransformers.service.job.JobHandler;
import org.medtransformers.service.job.Outcome;
import org.medtransformers.service.path.Artifacts;
import org.medtransformers.service.path.ModelPaths;

/**
 * Measures one trained model on a split, the test split as a rule. Everything that touches tensors
 * happens on the thread that calls {@link #run}.
 */
@Singleton
public class EvaluationJob implements JobHandler {
  /** The kind of these jobs. */
  public static final String KIND = "evaluate";

  private static final Logger LOG = Logger.getLogger(EvaluationJob.class);

  /** What may be measured, in this order. */
  private static final List<EvaluationPart> PARTS =
      List.of(
          new PredictionsPart(),
          new OperatingPart(),
          new KnnPart(),
          new LinearPart(),
          new UmapPart(),
          new AttentionPart());

  private final BatchClient client;
  private final Artifacts artifacts;
  private final ModelPaths models;
  private final EvaluationMetrics metrics;
  private final Torch torch;

  EvaluationJob(
      BatchClient client,
      Artifacts artifacts,
      ModelPaths models,
      EvaluationMetrics metrics,
      Torch torch) {
    this.client = client;
    this.artifacts = artifacts;
    this.models = models;
    this.metrics = metrics;
    this.torch = torch;
  }

  @Override
  public String kind() {
    return KIND;
  }

  /** Loads libtorch. */
  @Override
  public void warmUp() {
    torch.load();
    TorchEngine.report().lines().forEach(LOG::info);
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
  public Event waiting(Job job, String reason) {
    return new EvaluationEvent.Waiting(job.runId(), job.attempt(), reason);
  }

  @Override
  public Event cancelled(Job job) {
    return new EvaluationEvent.Cancelled(job.runId(), job.attempt());
  }

  private Outcome evaluate(JobContext context, EvaluationEvent.Requested request)
      throws InterruptedException {
    requireImages(request);
    Map<String, Tensor> model =
        ModelWeights.read(models.require(request.checkpoint()), request.weightsSha256());
    torch.load();
    TorchDevice device = TorchDevice.of(request.config());
    try (Network network = Network.of(modelSpec(request), model, device);
        ResourceMeter resources = ResourceMeter.start(device)) {
      Subject subject = new Subject(request, network, device, client, metrics, context::shouldStop);
      Findings findings = new Findings();
      if (request.config().medtrans().testOnly()) {
        TorchDevice.withoutGpu(request.config()).ifPresent(findings::warn);
      }
      for (EvaluationPart part : PARTS) {
        if (part.wanted(subject.options())) {
          part.measure(subject, findings);
        }
      }
      return completed(context, request, findings, cost(subject, resources));
    } catch (StoppedException e) {
      return stopped(context);
    }
  }

  private InferenceCost cost(Subject subject, ResourceMeter resources) {
    return new InferenceCost(
        ThisMachine.of(subject.device(), torch.threads()),
        subject.size().parameters(),
        subject.size().multiplyAdds(),
        subject.pace(),
        resources.read());
  }

  private Outcome completed(
      JobContext context,
      EvaluationEvent.Requested request,
      Findings findings,
      InferenceCost cost) {
    EvaluationResults.Origin origin =
        new EvaluationResults.Origin(
            request.runId(),
            request.config().projectName(),
            request.config().runName(),
            request.configSha256(),
            request.checkpoint(),
            request.dataset(),
            request.config().medtrans().evaluation().split(),
            EvaluationResults.PREDICTIONS);
    ResultFiles files = new ResultFiles(artifacts.run(request.runId()));
    context.inTransaction(() -> files.write(findings.results(origin), findings.files()));
    return Outcome.done(
        new EvaluationEvent.Completed(
            request.runId(),
            context.job().attempt(),
            findings.metrics(),
            artifacts.relative(files.results()),
            findings.warnings(),
            cost));
  }

  private Outcome stopped(JobContext context) {
    return context.cancelled() ? Outcome.cancelled(cancelled(context.job())) : Outcome.released();
  }

  private static ModelSpec modelSpec(EvaluationEvent.Requested request) {
    return LearnerSpec.model(request.config(), request.dataset().description());
  }

  private static void requireImages(EvaluationEvent.Requested request) {
    Split split = request.config().medtrans().evaluation().split();
    if (!request.dataset().description().labelled()) {
      throw MedtransException.of(
          ErrorCode.DATASET_INVALID,
          "the images of %s have no labels: there is nothing to measure"
              .formatted(request.dataset().description().name()));
    }
    if (request.dataset().sizes().of(split) == 0) {
      throw MedtransException.of(
          ErrorCode.DATASET_INVALID,
          "the %s split of %s is empty: there is nothing to evaluate on"
              .formatted(split.label(), request.dataset().description().name()));
    }
  }
}
