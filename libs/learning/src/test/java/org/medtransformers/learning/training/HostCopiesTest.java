package org.medtransformers.learning.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.learning.engine.TorchDevice;
import org.medtransformers.learning.engine.TorchEngine;
import org.medtransformers.learning.method.Method;
import org.medtransformers.learning.method.Supervised;
import org.medtransformers.learning.model.Head;
import org.medtransformers.learning.network.Batch;
import org.medtransformers.learning.network.NamedArrays;

/**
 * Whatever is read from libtorch's memory, nothing stays behind in it: on the machine's GPU if it
 * has one, where everything that is read is copied to the host first, else on the processor.
 */
class HostCopiesTest {
  private static final String WITH_GPU =
      "{\"system_params\": {\"use_GPU\": true, \"which_GPUs\": \"0\"}, \"medtrans\": {}}";

  private static TorchDevice device;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
    device = TorchDevice.of(Json.convert(Json.parse(WITH_GPU), RunConfig.class));
  }

  @Test
  void savingLeavesNothingBehind(@TempDir Path folder) throws IOException {
    try (Learner learner = dino()) {
      learner.trainStep(batch(learner));
      int before = arrays(learner);
      learner.save(Files.createDirectory(folder.resolve("saved")));
      assertEquals(before, arrays(learner));
      try (LearnerSnapshot snapshot = learner.snapshot()) {
        assertNotEquals(before, arrays(learner), "a snapshot is there until it is closed");
        snapshot.write(folder);
      }
      assertEquals(before, arrays(learner));
    }
  }

  @Test
  void whatLearnsAndReadsLeavesNothingBehind() {
    try (Learner learner = dino()) {
      Batch batch = batch(learner);
      learner.trainStep(batch);
      int before = arrays(learner);
      learner.trainStep(batch);
      learner.memory();
      learner.network().state();
      learner.network().evaluate(batch.images());
      learner.network().classAttention(batch.images());
      learner.network().positionEmbedding(3);
      assertEquals(before, arrays(learner));
    }
  }

  @Test
  void neitherDoGatheredGradientsAndAnAverage() {
    Recipe averaged =
        new Recipe(Supervised.PLAIN, Optional.empty(), 1, 0.9, new Accumulation(2, 3));
    LearnerSpec plain = spec(Supervised.PLAIN, new Head.Linear(4));
    LearnerSpec spec =
        new LearnerSpec(
            plain.model(), plain.optimizer(), plain.schedule(), 1, false, plain.seed(), averaged);
    try (Learner learner = Learner.create(spec, device)) {
      Batch batch = batch(learner);
      learner.trainStep(batch);
      int before = arrays(learner);
      learner.trainStep(batch);
      learner.trainStep(batch);
      learner.gradients(batch);
      assertEquals(before, arrays(learner));
    }
  }

  @Test
  void copiesAreTheHostsOwn() {
    try (Learner learner = dino();
        NamedArrays.Copies copies = learner.network().arrays().copies()) {
      var before = learner.network().state();
      assertEquals(before, copies.tensors());
      learner.trainStep(batch(learner));
      learner.trainStep(batch(learner));
      assertEquals(before, copies.tensors());
    }
  }

  private static Learner dino() {
    return Learner.create(spec(SelfSupervised.dino(false), SelfSupervised.DINO_HEAD), device);
  }

  private static LearnerSpec spec(Method method, Head head) {
    return SelfSupervised.spec(method, SelfSupervised.transformer(head, 0.1), Accumulation.NONE);
  }

  private static Batch batch(Learner learner) {
    return Resumption.batch(learner.spec(), 0);
  }

  private static int arrays(Learner learner) {
    return learner.network().kernels().manager().getManagedArrays().size();
  }
}
