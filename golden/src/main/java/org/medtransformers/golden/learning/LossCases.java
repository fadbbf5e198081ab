package org.medtransformers.golden.learning;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.method.CosineRamp;
import org.medtransformers.learning.method.Dino;
import org.medtransformers.parity.Fill;
import org.medtransformers.parity.Numbers;
import org.medtransformers.parity.Section;

/** Losses of given outputs. */
final class LossCases {
  private static final int MANY = 1 << 20;
  private static final double PAIR_SCALE = 2;
  private static final String EPOCH = "epoch_";

  private LossCases() {}

  /** DINO's loss and centre, over a few calls in each of some epochs. */
  static void checkDino(JsonNode config, TorchDevice device, Section expected) {
    Dino dino = dino(config);
    try (SelfSupervisedParts losses = SelfSupervisedParts.ofLosses(device, dino.centerMomentum())) {
      for (String key : expected.keys()) {
        if (key.matches(EPOCH + "[0-9]{1,9}")) {
          int epoch = Integer.parseInt(key.substring(EPOCH.length()));
          checkEpoch(config, losses, dino, epoch, expected.section(key));
        }
      }
    }
  }

  private static void checkEpoch(
      JsonNode config, SelfSupervisedParts losses, Dino dino, int epoch, Section expected) {
    int crops = whole(config, "n_crops");
    long batch = whole(config, "batch");
    long outputs = whole(config, "out_dim");
    String fill = config.path("fill").asText();
    double scale = Numbers.one(config.path("scale"), "config.scale");
    double temperature = dino.teacherTemperature(epoch);
    Tensor numbers =
        Tensor.ofDoubles(new double[] {crops, dino.studentTemperature(), temperature}, 3);
    Tensor center = Tensor.ofFloats(new float[(int) outputs], 1, outputs);
    Series found = new Series();
    for (int call = 0; call < whole(config, "calls"); call++) {
      List<Long> ofStudent = List.of(crops * batch, outputs);
      List<Tensor> step =
          losses.train(
              "dino",
              Fill.tensor(fill + ".student.call" + call, ofStudent, scale, 0),
              Fill.tensor(fill + ".teacher.call" + call, List.of(2 * batch, outputs), scale, 0),
              center,
              numbers);
      center = step.get(2);
      found.add("loss", step.get(0).doubles());
      found.add("grad_student", step.get(1).doubles());
      found.add("center", center.doubles());
    }
    expected.keys().stream()
        .filter(key -> key.equals("teacher_temp"))
        .forEach(key -> expected.compare(key, temperature));
    found.check(expected);
  }

  private static Dino dino(JsonNode config) {
    double[] teacher = Numbers.of(config.path("teacher_temp"), "config.teacher_temp");
    CosineRamp unused = new CosineRamp(0, 0, 1);
    return new Dino(
        unused,
        unused,
        teacher[0],
        teacher[1],
        whole(config, "warmup_epochs"),
        Numbers.one(config.path("student_temp"), "config.student_temp"),
        Numbers.one(config.path("center_momentum"), "config.center_momentum"),
        0,
        false,
        false);
  }

  /** BYOL's and SimSiam's, of two predictions and two targets. */
  static void checkPairs(JsonNode config, TorchDevice device, Section expected) {
    List<Long> shape = List.of((long) whole(config, "batch"), (long) whole(config, "dim"));
    String fill = config.path("fill").asText();
    Tensor[] pair = new Tensor[4];
    String[] names = {"p1", "p2", "z1", "z2"};
    for (int i = 0; i < pair.length; i++) {
      pair[i] = Fill.tensor(fill + "." + names[i], shape, PAIR_SCALE, 0);
    }
    Series series = new Series();
    try (SelfSupervisedParts losses = SelfSupervisedParts.ofLosses(device, 0)) {
      List<Tensor> found = losses.train("pairs", pair);
      add("byol", found.subList(0, 3), series);
      add("simsiam", found.subList(3, 6), series);
    }
    series.check(expected);
  }

  private static void add(String method, List<Tensor> lossAndGradients, Series series) {
    series.add(method + "_loss", lossAndGradients.get(0).doubles());
    series.add(method + "_grad_p", lossAndGradients.get(1).doubles());
    series.add(method + "_grad_p", lossAndGradients.get(2).doubles());
  }

  private static int whole(JsonNode config, String key) {
    return Numbers.whole(config.path(key), "config." + key, 1, MANY);
  }
}
