package org.medtransformers.learning.schedule;

import java.util.List;

/** One part of a schedule. */
sealed interface Scheduler {
  /** The position for the first iteration, given what earlier parts made of it. */
  default Position begin(Position start) {
    return start;
  }

  /** Changes the position for the iteration after {@code position.iteration()}. */
  Position step(Position position, Validation seen);

  /**
   * Rises by the same amount per iteration from 1e-8. It does so once before the first iteration
   * and once after each of the first {@code iterations}: one increment too many, as the reference.
   */
  record LinearWarmup(double maxLr, long iterations) implements Scheduler {
    static final double FLOOR = 1e-8;

    @Override
    public Position begin(Position start) {
      return start.withLr(FLOOR + increment());
    }

    @Override
    public Position step(Position position, Validation seen) {
      return position.iteration() <= iterations
          ? position.withLr(position.lr() + increment())
          : position;
    }

    private double increment() {
      return (maxLr - FLOOR) / iterations;
    }
  }

  /**
   * Half a cosine from the current learning rate to {@code etaMin}, after the warm-up.
   *
   * @see <a href="https://arxiv.org/abs/1608.03983">SGDR, Loshchilov and Hutter, 2016, equation
   *     5</a>
   */
  record Cosine(double etaMin, long warmup, long length) implements Scheduler {
    @Override
    public Position step(Position position, Validation seen) {
      long k = position.iteration() - warmup;
      if (k <= 0) {
        return position;
      }
      double factor = height(k) / height(k - 1);
      return position.withLr(etaMin + (position.lr() - etaMin) * factor);
    }

    private double height(long k) {
      return 1 + Math.cos(Math.PI * k / length);
    }
  }

  /** Multiplies by {@code gamma} at each milestone, in epochs that end one iteration early. */
  record MultiStep(List<Integer> milestones, double gamma, int stepsPerEpoch) implements Scheduler {
    @Override
    public Position step(Position position, Validation seen) {
      if ((position.iteration() + 1) % stepsPerEpoch != 0) {
        return position;
      }
      long epoch = (position.iteration() + 1) / stepsPerEpoch;
      long reached = milestones.stream().filter(m -> m == epoch).count();
      return position.withLr(position.lr() * Math.pow(gamma, (double) reached));
    }
  }

  /**
   * Multiplies by {@code factor} when more than {@code patience} epochs in a row brought nothing
   * better. It looks one iteration before an epoch's end, so at the validation before.
   *
   * @param threshold how much better it must be: a share of the best so far, or {@code absolute}
   */
  record ReduceOnPlateau(
      boolean maximise,
      double factor,
      int patience,
      double threshold,
      boolean absolute,
      int cooldown,
      double minLr,
      double eps,
      int stepsPerEpoch)
      implements Scheduler {
    @Override
    public Position step(Position position, Validation seen) {
      if ((position.iteration() + 1) % stepsPerEpoch != 0) {
        return position;
      }
      double value = maximise ? seen.metric() : seen.loss();
      Position.Plateau before = position.plateau();
      boolean better = improves(value, before.best());
      int cooling = Math.max(0, before.cooldown() - 1);
      int bad = better || before.cooldown() > 0 ? 0 : before.badEpochs() + 1;
      Double best = better ? Double.valueOf(value) : before.best();
      if (bad <= patience) {
        return position.withPlateau(new Position.Plateau(best, bad, cooling));
      }
      double lr = Math.max(position.lr() * factor, minLr);
      return position
          .withLr(position.lr() - lr > eps ? lr : position.lr())
          .withPlateau(new Position.Plateau(best, 0, cooldown));
    }

    private boolean improves(double value, Double best) {
      if (best == null) {
        return maximise ? value > Double.NEGATIVE_INFINITY : value < Double.POSITIVE_INFINITY;
      }
      double margin = absolute ? threshold : best * threshold;
      return maximise ? value > best + margin : value < best - margin;
    }
  }

  /**
   * Up and down again over the whole training, momentum the other way round. Past the end it is
   * extrapolated.
   *
   * @param rise iterations until the highest learning rate
   * @param end last iteration
   * @see <a href="https://arxiv.org/abs/1708.07120">Super-convergence, Smith and Topin, 2017</a>
   */
  record OneCycle(
      double initialLr,
      double maxLr,
      double finalLr,
      double lowMomentum,
      double highMomentum,
      double rise,
      double end,
      boolean linear)
      implements Scheduler {
    @Override
    public Position begin(Position start) {
      return at(start);
    }

    @Override
    public Position step(Position position, Validation seen) {
      return at(position);
    }

    private Position at(Position position) {
      long k = position.iteration();
      if (k <= rise) {
        double done = k / rise;
        return position
            .withLr(between(initialLr, maxLr, done))
            .withMomentum(between(highMomentum, lowMomentum, done));
      }
      double done = (k - rise) / (end - rise);
      return position
          .withLr(between(maxLr, finalLr, done))
          .withMomentum(between(lowMomentum, highMomentum, done));
    }

    private double between(double from, double to, double done) {
      return linear
          ? from + (to - from) * done
          : to + (from - to) / 2 * (1 + Math.cos(Math.PI * done));
    }
  }
}
