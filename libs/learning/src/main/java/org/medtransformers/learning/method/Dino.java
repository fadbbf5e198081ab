package org.medtransformers.learning.method;

import java.util.List;
import java.util.Map;
import org.medtransformers.contracts.config.Backbone;
import org.medtransformers.contracts.config.ClipMode;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.config.TrainingMethod;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.model.ModelSpec;
import org.medtransformers.learning.model.TensorSpec;
import org.medtransformers.learning.optimizer.Hyper;
import org.medtransformers.learning.optimizer.Optimizer;

/**
 * Self-distillation with no labels: a student learns to say of every crop what a teacher, its own
 * moving average, says of the two global ones.
 *
 * @param teacherMomentum how much of the teacher stays in an update
 * @param weightDecay moves over the training
 * @param warmupEpochs over which the teacher's temperature goes from the first to the last value
 * @param frozenEpochs in which the last layer rests
 * @param clipsEachTensor clip each gradient by itself, as the authors' program does
 * @param oneAtATime compute crops of one size one after the other
 * @see <a href="https://arxiv.org/abs/2104.14294">Emerging Properties in Self-Supervised Vision
 *     Transformers, Caron et al., 2021</a>
 */
public record Dino(
    CosineRamp teacherMomentum,
    CosineRamp weightDecay,
    double firstTeacherTemperature,
    double lastTeacherTemperature,
    int warmupEpochs,
    double studentTemperature,
    double centerMomentum,
    int frozenEpochs,
    boolean clipsEachTensor,
    boolean oneAtATime)
    implements Method {
  /** The mean of the teacher's outputs. */
  public static final String CENTER = "center";

  private static final String LAST_LAYER = "fc.last_layer.";

  /** Where the authors' weight decay ends; they use AdamW. */
  private static final double AUTHORS_LAST_WEIGHT_DECAY = 0.4;

  /**
   * Of a run file.
   *
   * @param updates of the whole training
   */
  static Dino of(RunConfig run, Optimizer optimizer, long updates) {
    RunConfig.DinoParams params = run.model().dino();
    RunConfig.Dino own = run.medtrans().dino();
    double first = optimizer.weightDecay();
    double byDefault = optimizer instanceof Optimizer.AdamW ? AUTHORS_LAST_WEIGHT_DECAY : first;
    double last = own.weightDecayEnd() == null ? byDefault : own.weightDecayEnd();
    return new Dino(
        new CosineRamp(params.movingAverageDecay(), 1, updates),
        new CosineRamp(first, last, updates),
        params.warmupTeacherTemp(),
        params.teacherTemp(),
        params.warmupTeacherTempEpochs(),
        params.studentTemp(),
        params.centerMomentum(),
        own.freezeLastLayer(),
        own.clipMode() == ClipMode.PER_PARAMETER,
        run.model().backbone().family() == Backbone.Family.VISION_TRANSFORMER
            && run.model().transformer().memoryEfficient());
  }

  @Override
  public String label() {
    return TrainingMethod.DINO.label();
  }

  @Override
  public Map<String, Double> settings() {
    return Map.of(
        "student_temperature", studentTemperature,
        "center_momentum", centerMomentum,
        "one_at_a_time", oneAtATime ? 1.0 : 0.0);
  }

  @Override
  public Hyper at(Hyper plain, long update, long epoch) {
    Hyper hyper =
        plain
            .withWeightDecay(weightDecay.at(update))
            .withTeacher(teacherMomentum.at(update), teacherTemperature(epoch));
    return epoch < frozenEpochs ? hyper.withApartLr(Hyper.REST) : hyper;
  }

  /** A straight line over the warm-up, whose last epoch has the last value; epochs count from 0. */
  public double teacherTemperature(long epoch) {
    if (epoch >= warmupEpochs) {
      return lastTeacherTemperature;
    }
    double share = warmupEpochs == 1 ? 0 : (double) epoch / (warmupEpochs - 1);
    return firstTeacherTemperature + (lastTeacherTemperature - firstTeacherTemperature) * share;
  }

  @Override
  public void requireViews(List<Tensor> views) {
    if (views.size() < 2 || !views.get(0).shape().equals(views.get(1).shape())) {
      throw MedtransException.of(
          ErrorCode.INVALID_REQUEST,
          "dino learns from two global crops of one size and any number of others, the batch has "
              + views.stream().map(Tensor::shape).toList());
    }
  }

  @Override
  public boolean hasTeacher() {
    return true;
  }

  @Override
  public boolean evaluatesTeacher() {
    return true;
  }

  @Override
  public boolean keepsApart(String name) {
    return name.startsWith(LAST_LAYER);
  }

  @Override
  public int comparedFeatures(ModelSpec model) {
    return model.features();
  }

  @Override
  public List<TensorSpec> memory(ModelSpec model) {
    return List.of(TensorSpec.buffer(CENTER, 0, 1, model.outputs()));
  }
}
