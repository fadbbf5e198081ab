package org.medtransformers.golden.learning;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.method.CosineRamp;
import org.medtransformers.learning.method.Dino;
import org.medtransformers.learning.model.Head;
import org.medtransformers.learning.network.Batch;
import org.medtransformers.learning.network.Network;
import org.medtransformers.learning.optimizer.Hyper;
import org.medtransformers.learning.training.Learner;
import org.medtransformers.learning.training.StepResult;
import org.medtransformers.parity.Numbers;
import org.medtransformers.parity.Section;

/** A few steps of DINO. */
final class DinoTrainingCase {
  private final TrainingCase training;
  private final Dino dino;

  DinoTrainingCase(JsonNode golden, boolean exact, TorchDevice device) {
    this.training = new TrainingCase(golden, exact, device);
    this.dino = dino();
  }

  void check(Section expected) {
    Series settings = new Series();
    Series perStep = new Series();
    Head head =
        new Head.Dino(
            training.whole("out_dim"), training.whole("hidden"), training.whole("bottleneck"));
    double clip = Numbers.one(training.config("clip").path("max_norm"), "config.clip.max_norm");
    try (Learner learner = training.learner(dino, head, clip, training.whole("steps_per_epoch"))) {
      for (int step = 0; step < training.whole("n_steps"); step++) {
        Hyper hyper = training.hyper(dino, step);
        settings.add("weight_decay_used", hyper.weightDecay());
        settings.add("ema_momentum_used", hyper.teacherMomentum());
        StepResult result = learner.trainStep(Batch.unlabelled(crops(step)));
        perStep.add("loss", result.loss());
        perStep.add("grad_norm", result.gradientNorm());
        observe(learner, perStep);
      }
    }
    settings.check(expected);
    if (expected.has("per_step")) {
      perStep.check(expected.section("per_step"));
    }
  }

  private void observe(Learner learner, Series perStep) {
    Network teacher = learner.network();
    double[] ofTeacher = training.parameters(teacher);
    double[] ofStudent = training.parameters(learner.student());
    perStep.add("center", learner.memory().get(Dino.CENTER).doubles());
    perStep.add("teacher_param", ofTeacher);
    perStep.add("student_param", ofStudent);
    perStep.add("student_minus_teacher", TrainingCase.difference(ofStudent, ofTeacher));
    Map<String, Tensor> student = learner.student().state();
    perStep.add("student_last_layer_v", student.get("fc.last_layer.weight_v").doubles());
    Tensor classToken = teacher.state().get("backbone.cls_token");
    if (classToken != null) {
      perStep.add("teacher_cls_token", classToken.doubles());
    }
  }

  private List<Tensor> crops(int step) {
    long[] sides = Numbers.integers(training.config("crop_sizes"), "config.crop_sizes");
    List<Tensor> crops = new ArrayList<>();
    for (long side : sides) {
      String name = "step" + step + ".crop" + crops.size();
      crops.add(training.view(name, Math.toIntExact(side)));
    }
    return crops;
  }

  private Dino dino() {
    int steps = training.whole("n_steps");
    double[] teacher = Numbers.of(training.config("teacher_temp"), "config.teacher_temp");
    double decay = training.optimizer().weightDecay();
    return new Dino(
        new CosineRamp(training.number("ema_momentum"), 1, steps),
        new CosineRamp(decay, training.number("final_weight_decay"), steps),
        teacher[0],
        teacher[1],
        training.whole("warmup_epochs"),
        training.number("student_temp"),
        training.number("center_momentum"),
        Numbers.whole(
            training.config("freeze_last_layer_epochs"),
            "config.freeze_last_layer_epochs",
            0,
            steps),
        clipsEachTensor(training.config("clip").path("mode").asText()),
        false);
  }

  private static boolean clipsEachTensor(String mode) {
    if (!Arrays.asList("total_norm", "per_parameter_norm").contains(mode)) {
      throw MedtransException.of(
          ErrorCode.INVALID_REQUEST,
          "config.clip.mode: found %s, allowed are total_norm, per_parameter_norm".formatted(mode));
    }
    return mode.equals("per_parameter_norm");
  }
}
