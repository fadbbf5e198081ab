package org.medtransformers.learning.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.config.RunConfig;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;

class TorchDeviceTest {
  @Test
  void theGpuIsTheOneThatTheFileNames() {
    assertEquals("cuda:1", TorchDevice.choose(run(true, "1", false), 2).name());
    assertEquals(Device.gpu(1), TorchDevice.choose(run(true, "1", false), 2).device());
    assertEquals(Device.gpu(0), TorchDevice.choose(run(false, "0", true), 1).device());
  }

  @Test
  void aGpuThatIsNotThereIsRefused() {
    String message = refusal(run(true, "2", false), 2);
    assertTrue(message.contains("which_GPUs") && message.contains("0 to 1"), message);
  }

  @Test
  void aMachineWithoutGpusUsesTheCpuUnlessOneIsRequired() {
    assertEquals(TorchDevice.CPU, TorchDevice.choose(run(true, "1", false), 0));
    assertEquals(Device.cpu(), TorchDevice.CPU.device());
    String message = refusal(run(false, "0", true), 0);
    assertTrue(message.contains("medtrans.require_gpu"), message);
  }

  @Test
  void whoWantsNoGpuGetsNone() {
    assertEquals(TorchDevice.CPU, TorchDevice.choose(run(false, "0", false), 2));
  }

  @Test
  void whoWouldLikeAGpuIsToldWhyThereIsNone() {
    Gpus none = new Gpus(null, List.of(), "no NVIDIA driver");
    assertEquals(
        Optional.of(
            "system_params.use_GPU: no GPU was found, all is computed on the CPU (no NVIDIA"
                + " driver); false says that this is meant"),
        TorchDevice.withoutGpu(run(true, "0", false), none));
    assertEquals(Optional.empty(), TorchDevice.withoutGpu(run(false, "0", false), none));
    Gpus one = new Gpus("12.8", List.of(new Gpus.Gpu("A100", 1, "8.0")), null);
    assertEquals(Optional.empty(), TorchDevice.withoutGpu(run(true, "0", false), one));
  }

  private static String refusal(RunConfig run, int gpus) {
    MedtransException e =
        assertThrows(MedtransException.class, () -> TorchDevice.choose(run, gpus));
    assertEquals(ErrorCode.INVALID_REQUEST, e.code());
    return e.getMessage();
  }

  private static RunConfig run(boolean useGpu, String which, boolean required) {
    String json =
        """
        {"system_params": {"use_GPU": %s, "which_GPUs": "%s"}, "medtrans": {"require_gpu": %s}}
        """;
    return Json.convert(Json.parse(json.formatted(useGpu, which, required)), RunConfig.class);
  }
}
