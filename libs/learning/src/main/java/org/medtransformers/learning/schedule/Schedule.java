package org.medtransformers.learning.schedule;

import java.util.ArrayList;
import java.util.List;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.config.SchedulerType;
import org.medtransformers.learning.optimizer.Optimizer;

/**
 * How learning rate and momentum move over a training: a pure state machine. {@link #start()} holds
 * for the first iteration, {@link #next} gives what holds for the one after.
 *
 * <p>The sequences are those of the reference implementation, its oddities included, because a
 * published recipe's numbers depend on them: {@code docs/deviations.md} lists them.
 *
 * @param steps the schedulers in the order in which they act
 */
public record Schedule(Position start, List<Scheduler> steps) {
  public Schedule {
    steps = List.copyOf(steps);
  }

  /** The same learning rate throughout. */
  public static Schedule constant(Optimizer optimizer) {
    return new Schedule(Position.initial(optimizer.lr(), optimizer.momentum()), List.of());
  }

  /** The schedule of a run file. */
  public static Schedule of(
      RunConfig.Scheduler config, Optimizer optimizer, int stepsPerEpoch, int epochs) {
    Position start = Position.initial(optimizer.lr(), optimizer.momentum());
    List<Scheduler> steps = new ArrayList<>();
    ScheduleReader reader = new ScheduleReader(config, optimizer.lr(), stepsPerEpoch, epochs);
    for (SchedulerType type : config.type()) {
      if (type != null) {
        Scheduler scheduler = reader.read(type);
        steps.add(scheduler);
        start = scheduler.begin(start);
      }
    }
    return new Schedule(start, steps);
  }

  /** Whether the momentum moves too. */
  public boolean cyclesMomentum() {
    return steps.stream().anyMatch(Scheduler.OneCycle.class::isInstance);
  }

  /**
   * The position after one more iteration.
   *
   * @param seen the latest validation, {@link Validation#NONE} before the first
   */
  public Position next(Position position, Validation seen) {
    Position next = position.nextIteration();
    for (Scheduler scheduler : steps) {
      next = scheduler.step(next, seen);
    }
    return next;
  }
}
