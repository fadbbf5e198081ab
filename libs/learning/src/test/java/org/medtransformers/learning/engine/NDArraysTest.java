package org.medtransformers.learning.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.tensor.Tensor;

/** On arrays that say of themselves that they lie on a GPU, so that DJL copies them to the host. */
class NDArraysTest {
  private static final float[] VALUES = {1, 2.5f, -3};

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @Test
  void whatIsReadFromAnotherDeviceLeavesNoCopyBehind() {
    assertReads(true, array -> NDArrays.read(array).floats());
    assertReads(true, NDArrays::floats);
  }

  @Test
  void whatIsReadFromTheHostLeavesNoCopyBehind() {
    assertReads(false, array -> NDArrays.read(array).floats());
    assertReads(false, NDArrays::floats);
  }

  @Test
  void djlItselfLeavesOneBehindEachTime() {
    try (PtNDManager manager = TorchEngine.newManager(Device.cpu())) {
      NDArray elsewhere = Elsewhere.of(manager);
      int before = manager.getManagedArrays().size();
      elsewhere.toFloatArray();
      assertEquals(before + 1, manager.getManagedArrays().size());
    }
  }

  @Test
  void float64NumbersAreReadFromAnotherDeviceToo() {
    try (PtNDManager manager = TorchEngine.newManager(Device.cpu())) {
      NDArray elsewhere = new Elsewhere(manager, manager.create(new double[] {0.1, 2}));
      int before = manager.getManagedArrays().size();
      assertArrayEquals(new double[] {0.1, 2}, NDArrays.doubles(elsewhere));
      assertEquals(before, manager.getManagedArrays().size());
    }
  }

  @Test
  void onlyTheHostsMemoryIsSeenDirectly() {
    try (PtNDManager manager = TorchEngine.newManager(Device.cpu())) {
      Tensor view = NDArrays.view(manager.create(VALUES));
      assertEquals(List.of(3L), view.shape());
      assertArrayEquals(VALUES, view.floats());
      NDArray elsewhere = Elsewhere.of(manager);
      assertThrows(IllegalArgumentException.class, () -> NDArrays.view(elsewhere));
    }
  }

  private static void assertReads(boolean elsewhere, Function<NDArray, float[]> read) {
    try (PtNDManager manager = TorchEngine.newManager(Device.cpu())) {
      NDArray array = elsewhere ? Elsewhere.of(manager) : manager.create(VALUES);
      int before = manager.getManagedArrays().size();
      assertArrayEquals(VALUES, read.apply(array));
      assertEquals(before, manager.getManagedArrays().size());
    }
  }

  /** An array in the host's memory that gives another device as its own. */
  private static final class Elsewhere extends PtNDArray {
    Elsewhere(PtNDManager manager, NDArray array) {
      super(manager, handOver((PtNDArray) array));
    }

    static NDArray of(PtNDManager manager) {
      return new Elsewhere(manager, manager.create(VALUES));
    }

    /** The other array lets go of its memory, which this one will free. */
    private static long handOver(PtNDArray array) {
      array.detach();
      return array.getHandle();
    }

    @Override
    public Device getDevice() {
      return Device.gpu(0);
    }
  }
}
