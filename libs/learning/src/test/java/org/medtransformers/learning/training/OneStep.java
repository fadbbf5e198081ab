package org.medtransformers.learning.training;

import com.sun.jna.Function;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.engine.TorchEngine;
import org.medtransformers.learning.method.Supervised;
import org.medtransformers.learning.model.Head;

/** A process that loads the libtorch that its environment asks for and trains one step. */
public final class OneStep {
  private OneStep() {}

  public static void main(String[] arguments) throws IOException {
    TorchEngine.start(1);
    System.out.println(TorchEngine.libtorch());
    Files.readString(Path.of("/proc/self/maps"))
        .lines()
        .filter(line -> line.endsWith("libtorch_cpu.so"))
        .forEach(line -> System.out.println("mapped " + line.substring(line.indexOf('/'))));
    Object[] name = {"NVIDIA_TF32_OVERRIDE"};
    System.out.println("tf32=" + Function.getFunction("c", "getenv").invokeString(name, false));
    LearnerSpec spec =
        SelfSupervised.spec(
            Supervised.PLAIN, SelfSupervised.transformer(new Head.Linear(4), 0), Accumulation.NONE);
    try (Learner learner = Learner.create(spec, TorchDevice.CPU)) {
      System.out.println(learner.trainStep(Resumption.batch(spec, 0)));
    }
  }
}
