package org.medtransformers.learning.cost;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.medtransformers.contracts.cost.Resources;
import org.medtransformers.learning.engine.Nvml;
import org.medtransformers.learning.engine.TorchDevice;

/**
 * Memory and energy from its beginning on. Looks every second, because counters of energy begin
 * anew and a GPU keeps no peak.
 */
public final class ResourceMeter implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final ProcessMemory memory;
  private final EnergyCounter processor;
  private final Optional<Nvml> device;
  private final ScheduledExecutorService looks;
  private OptionalDouble deviceStart = OptionalDouble.empty();
  private long deviceMemory = -1;

  ResourceMeter(ProcessMemory memory, EnergyCounter processor, Optional<Nvml> device) {
    this.memory = memory;
    this.processor = processor;
    this.device = device;
    this.deviceStart = deviceJoules();
    this.looks =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "resource-meter");
              thread.setDaemon(true);
              return thread;
            });
    var unused =
        looks.scheduleWithFixedDelay(
            this::read, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Begins to measure this process, the machine's processor, and {@code device} if it is a GPU. */
  public static ResourceMeter start(TorchDevice device) {
    return new ResourceMeter(
        new ProcessMemory(ProcessMemory.ROOT), Rapl.of(Rapl.ROOT), Nvml.of(device));
  }

  /** What was seen so far. */
  public synchronized Resources read() {
    OptionalLong held = device.map(Nvml::processMemory).orElse(OptionalLong.empty());
    held.ifPresent(bytes -> deviceMemory = Math.max(deviceMemory, bytes));
    OptionalLong peak = memory.peak();
    OptionalDouble processorJoules = processor.joules();
    OptionalDouble deviceNow = deviceJoules();
    return new Resources(
        peak.isPresent() ? peak.getAsLong() : null,
        deviceMemory < 0 ? null : deviceMemory,
        processorJoules.isPresent() ? processorJoules.getAsDouble() : null,
        deviceNow.isPresent() && deviceStart.isPresent()
            ? deviceNow.getAsDouble() - deviceStart.getAsDouble()
            : null);
  }

  private OptionalDouble deviceJoules() {
    return device.map(Nvml::joules).orElse(OptionalDouble.empty());
  }

  @Override
  public void close() {
    looks.shutdownNow();
  }
}
