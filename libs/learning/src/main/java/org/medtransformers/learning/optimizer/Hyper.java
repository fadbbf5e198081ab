package org.medtransformers.learning.optimizer;

/**
 * What moves over a training, for one update.
 *
 * @param lr learning rate
 * @param apartLr learning rate of the tensors that a method keeps apart; {@link #REST} while they
 *     rest: neither moved nor decayed nor counted
 * @param momentum beta1 of Adam, momentum of SGD
 * @param weightDecay of the tensors that decay
 * @param lossScale what the loss is multiplied with
 * @param teacherMomentum how much of a teacher stays as it is
 * @param teacherTemperature of a teacher's output
 */
public record Hyper(
    double lr,
    double apartLr,
    double momentum,
    double weightDecay,
    double lossScale,
    double teacherMomentum,
    double teacherTemperature) {
  /** Instead of a learning rate: leave these tensors alone. */
  public static final double REST = -1;

  /** Of a training without a teacher, where nothing is kept apart. */
  public static Hyper plain(double lr, double momentum, double weightDecay, double lossScale) {
    return new Hyper(lr, lr, momentum, weightDecay, lossScale, 1, 1);
  }

  /** Likewise, where nothing moves. */
  public static Hyper constant(Optimizer optimizer, double lossScale) {
    return plain(optimizer.lr(), optimizer.momentum(), optimizer.weightDecay(), lossScale);
  }

  public Hyper withApartLr(double rate) {
    return new Hyper(
        lr, rate, momentum, weightDecay, lossScale, teacherMomentum, teacherTemperature);
  }

  public Hyper withWeightDecay(double decay) {
    return new Hyper(lr, apartLr, momentum, decay, lossScale, teacherMomentum, teacherTemperature);
  }

  public Hyper withTeacher(double newMomentum, double temperature) {
    return new Hyper(lr, apartLr, momentum, weightDecay, lossScale, newMomentum, temperature);
  }

  /** In the order of {@code learner.py}. */
  public double[] values() {
    return new double[] {
      lr, apartLr, momentum, weightDecay, lossScale, teacherMomentum, teacherTemperature
    };
  }
}
