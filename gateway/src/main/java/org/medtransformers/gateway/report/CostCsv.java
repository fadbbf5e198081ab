package org.medtransformers.gateway.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.medtransformers.contracts.cost.Machine;
import org.medtransformers.contracts.result.ArmCost;

/** What trainings and evaluations took, for other programs. */
final class CostCsv {
  private static final List<String> HEAD =
      List.of(
          "initialisation",
          "model",
          "dataset",
          "processor",
          "cores",
          "threads",
          "memory_gib",
          "gpu",
          "gpu_memory_gib",
          "trained",
          "evaluated",
          "parameters",
          "multiply_adds",
          "inference_images_per_second",
          "inference_memory_bytes",
          "inference_device_memory_bytes",
          "seconds_per_epoch",
          "training_images_per_second",
          "training_data_wait_share",
          "training_seconds",
          "training_memory_bytes",
          "training_device_memory_bytes",
          "processor_joules",
          "device_joules");
  private static final int OF_TRAINING = 8;

  private CostCsv() {}

  /** A line per arm, data set and machine. */
  static String render(List<ArmCost> costs) {
    return CsvReport.csv(HEAD, costs.stream().map(CostCsv::line).toList());
  }

  private static List<Object> line(ArmCost cost) {
    Machine machine = cost.machine();
    List<Object> line =
        new ArrayList<>(
            values(
                cost.initialisation(),
                cost.backbone(),
                cost.dataset(),
                machine.processor(),
                machine.cores(),
                machine.threads(),
                machine.memoryGib(),
                machine.gpu(),
                machine.gpuMemoryGib(),
                cost.runs(),
                cost.evaluated(),
                cost.parameters(),
                cost.multiplyAdds(),
                cost.inferenceImagesPerSecond(),
                cost.inferenceMemory(),
                cost.inferenceDeviceMemory()));
    line.addAll(
        cost.training() == null ? Collections.nCopies(OF_TRAINING, "") : training(cost.training()));
    return line;
  }

  private static List<Object> training(ArmCost.Training training) {
    return values(
        training.secondsPerEpoch(),
        training.imagesPerSecond(),
        training.dataWaitShare(),
        training.seconds(),
        training.memory(),
        training.deviceMemory(),
        training.processorJoules(),
        training.deviceJoules());
  }

  private static List<Object> values(Object... values) {
    return Arrays.stream(values).map(CsvReport::orEmpty).toList();
  }
}
