package org.medtransformers.learning.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.contracts.tensor.Safetensors;
import org.medtransformers.contracts.tensor.Tensor;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.engine.TorchEngine;
import org.medtransformers.learning.network.Batch;

/** That another program can run the step is for {@code bench/gpu_kernels.py} to show. */
class ExportedStepTest {
  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @Test
  void allArgumentsOfAStepAreThereAndNothingIsLearned(@TempDir Path folder) throws IOException {
    LearnerSpec spec =
        SelfSupervised.spec(
            SelfSupervised.dino(false),
            SelfSupervised.transformer(SelfSupervised.DINO_HEAD, 0.1),
            Accumulation.NONE);
    try (Learner learner = Learner.create(spec, TorchDevice.CPU)) {
      Batch batch = Resumption.batch(spec, 0);
      Map<String, Tensor> before = learner.student().state();
      learner.exportStep(batch, folder, "step");
      assertEquals(before, learner.student().state());
      assertEquals(0, learner.iteration());
      Map<String, Tensor> written = Safetensors.read(folder.resolve("step.safetensors")).tensors();
      assertEquals(batch.views().size(), count(written, "views[]"));
      int networks = before.size() + learner.teacher().orElseThrow().state().size();
      assertEquals(networks + learner.memory().size(), count(written, "state[]"));
      assertEquals((long) spec.slots().size() * spec.trained().size(), count(written, "slots[]"));
      assertEquals(before.values().iterator().next(), written.get("state[]0"));
      assertEquals(batch.views().get(1), written.get("views[]1"));
      assertEquals(7, written.get("hyper").elements());
      assertEquals(2L * 3, written.get("uniform").shape().get(0), "two branches of three blocks");
    }
  }

  @Test
  void theArchiveIsTheOneThatIsLoadedHere(@TempDir Path folder) throws IOException {
    LearnerSpec spec =
        SelfSupervised.spec(
            SelfSupervised.byol(),
            SelfSupervised.resNet(SelfSupervised.PAIR_HEAD),
            Accumulation.NONE);
    try (Learner learner = Learner.create(spec, TorchDevice.CPU)) {
      learner.exportStep(Resumption.batch(spec, 0), folder, "step");
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(2, files.count());
    }
    byte[] archive = Files.readAllBytes(folder.resolve("step.pt"));
    String text = new String(archive, StandardCharsets.ISO_8859_1);
    String byol = "/org/medtransformers/learning/kernels/byol.py";
    try (InputStream source = Learner.class.getResourceAsStream(byol)) {
      String kernel = new String(source.readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(text.contains(kernel), "the kernels' very text");
    }
  }

  private static long count(Map<String, Tensor> written, String list) {
    return written.keySet().stream().filter(key -> key.startsWith(list)).count();
  }
}
