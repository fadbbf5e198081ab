package org.medtransformers.planning;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.medtransformers.contracts.config.TrainingMethod;

/** A CNN and a transformer, and how fast they are. */
record Pair(Setting cnn, Setting transformer, Map<Setting, Speed> speeds) {
  /** DINO's teacher and student look at two large and four small crops: a guess until measured. */
  private static final double DINO = 5;

  Stream<Setting> networks() {
    return Stream.of(cnn, transformer);
  }

  int size() {
    return cnn.size();
  }

  Speed speed(Setting setting) {
    return known(setting).orElseGet(() -> guessed(setting));
  }

  Optional<Speed> known(Setting setting) {
    return Optional.ofNullable(speeds.get(setting));
  }

  private Speed guessed(Setting setting) {
    Speed plain = speeds.get(setting.with(TrainingMethod.SUPERVISED));
    return new Speed(
        plain.perImage() * DINO, plain.perEvaluated(), 0, plain.perRun(), plain.machine());
  }

  /** What both would be like on images of another size. */
  Pair guessedAt(int size) {
    double times = (double) size / size();
    Function<Setting, Setting> other = setting -> setting.at(size);
    return new Pair(
        other.apply(cnn),
        other.apply(transformer),
        Map.of(
            other.apply(cnn), speed(cnn).scaled(times),
            other.apply(transformer), speed(transformer).scaled(times)));
  }

  /** How many times longer the slower one takes. */
  double ratio() {
    double first = speed(cnn).perImage();
    double second = speed(transformer).perImage();
    return Math.max(first, second) / Math.min(first, second);
  }
}
