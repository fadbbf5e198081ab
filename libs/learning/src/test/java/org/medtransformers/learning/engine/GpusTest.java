package org.medtransformers.learning.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.error.MedtransException;

/** With drivers that answer what they are told to. */
class GpusTest {
  private static final Libtorch FOR_CUDA = new Libtorch("2.7.1", "cu128", Path.of("lib"), 2);
  private static final Libtorch FOR_CPU = new Libtorch("2.7.1", "cpu", Path.of("lib"), 2);

  private record Driver(int version, int computeCapability, List<String> names)
      implements CudaDriver {
    @Override
    public int devices() {
      return names.size();
    }

    @Override
    public String name(int device) {
      return names.get(device);
    }

    @Override
    public long memory(int device) {
      return 16L << 30;
    }

    @Override
    public int computeCapability(int device) {
      return computeCapability;
    }

    @Override
    public String busId(int device) {
      return "0000:%02x:00.0".formatted(device);
    }
  }

  @Test
  void devicesAreListedWithMemoryAndCapability() {
    Gpus gpus = gpus(FOR_CUDA, new Driver(12_080, 86, List.of("A", "B")), null);
    assertEquals("12.8", gpus.cuda());
    assertEquals(
        List.of(new Gpus.Gpu("A", 16L << 30, "8.6"), new Gpus.Gpu("B", 16L << 30, "8.6")),
        gpus.devices());
    assertNull(gpus.problem());
  }

  @Test
  void aProblemIsNamed() {
    Driver one = new Driver(12_080, 86, List.of("A100"));
    assertProblem("uses the A100", gpus(FOR_CPU, one, null));
    assertProblem("11.8 only", gpus(FOR_CUDA, new Driver(11_080, 86, List.of("A")), null));
    assertProblem(
        "CUDA_VISIBLE_DEVICES is ''", gpus(FOR_CUDA, new Driver(12_080, 86, List.of()), ""));
    assertProblem("libcuda.so.1", Gpus.of(FOR_CUDA, Optional::empty, null));
    assertProblem("CUDA_VISIBLE_DEVICES is '-1'", failing(100, "-1"));
    assertProblem("cuInit says 803", failing(803, null));
  }

  @Test
  void anOldGpuIsListedAndNamed() {
    Gpus gpus = gpus(FOR_CUDA, new Driver(12_080, 61, List.of("GTX 1080")), null);
    assertEquals(1, gpus.devices().size());
    assertTrue(gpus.problem().contains("GTX 1080 has compute capability 6.1"), gpus.problem());
  }

  @Test
  void whatHasNoBfloat16IsAskedForFloat16() {
    assertEquals("float16", TorchDevice.mixedType(new Gpus.Gpu("T4", 0, "7.5")));
    assertEquals("bfloat16", TorchDevice.mixedType(new Gpus.Gpu("A100", 0, "8.0")));
    assertEquals("bfloat16", TorchDevice.mixedType(new Gpus.Gpu("B200", 0, "10.0")));
  }

  @Test
  void aDeviceIsChosenByName() {
    Gpus two = gpus(FOR_CUDA, new Driver(12_080, 86, List.of("A", "B")), null);
    assertEquals("cuda:1", TorchDevice.named("cuda:1", two).name());
    assertEquals("cuda:0", TorchDevice.named("cuda", two).name());
    assertEquals(TorchDevice.CPU, TorchDevice.named("cpu", two));
    for (String wrong : List.of("cuda:2", "cuda:", "gpu", "")) {
      MedtransException e =
          assertThrows(MedtransException.class, () -> TorchDevice.named(wrong, two));
      assertTrue(e.getMessage().contains("cpu or cuda:0 to cuda:1"), e.getMessage());
    }
    MedtransException none =
        assertThrows(
            MedtransException.class,
            () -> TorchDevice.named("cuda:0", Gpus.of(FOR_CUDA, Optional::empty, null)));
    assertTrue(none.getMessage().contains("libcuda.so.1"), none.getMessage());
  }

  private static Gpus gpus(Libtorch libtorch, CudaDriver driver, String visible) {
    return Gpus.of(libtorch, () -> Optional.of(driver), visible);
  }

  private static Gpus failing(int code, String visible) {
    return Gpus.of(
        FOR_CUDA,
        () -> {
          throw new CudaDriver.CudaException("cuInit", code);
        },
        visible);
  }

  private static void assertProblem(String part, Gpus found) {
    assertEquals(List.of(), found.devices());
    assertTrue(found.problem().contains(part), found.problem());
  }
}
