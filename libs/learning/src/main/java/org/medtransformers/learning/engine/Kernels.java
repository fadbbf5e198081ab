package org.medtransformers.learning.engine;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtEngine;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The TorchScript functions of {@code kernels/*.py}, loaded with the constants of one training. A
 * method called from here runs wholly inside libtorch. Belongs to the thread that loaded it.
 */
public final class Kernels implements AutoCloseable {
  /** The class of a training's kernels. */
  public static final String LEARNER = "Learner";

  private static final List<String> LIBRARIES =
      List.of(
          "precision",
          "resnet",
          "vision_transformer",
          "heads",
          "encoder",
          "grad_cam",
          "losses",
          "collapse",
          "optimizers",
          "dino",
          "byol",
          "simsiam");

  private final Model model;
  private final PtSymbolBlock block;
  private final PtNDManager manager;
  private final Thread owner = Thread.currentThread();

  private Kernels(Model model, Device device) {
    this.model = model;
    this.block = (PtSymbolBlock) model.getBlock();
    this.manager = TorchEngine.newManager(device);
  }

  /** Loads the kernels; {@code constants} are the attributes that {@code learner.py} declares. */
  public static Kernels load(Device device, Map<String, Object> constants) {
    return load(device, LEARNER, constants);
  }

  /** Loads the class {@code type}, which is defined in the file of its name in lower case. */
  public static Kernels load(Device device, String type, Map<String, Object> constants) {
    try {
      Path file = Files.createTempFile("kernels", ".pt");
      try (OutputStream out = Files.newOutputStream(file)) {
        write(type, constants, out);
        return new Kernels(load(device, file), device);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (MalformedModelException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes the TorchScript archive that {@link #load(Device, String, Map)} loads. */
  public static void write(String type, Map<String, Object> constants, OutputStream out)
      throws IOException {
    Map<String, Object> attributes = new LinkedHashMap<>(constants);
    attributes.put("training", true);
    String entry = KernelSources.read(type.toLowerCase(Locale.ROOT));
    new TorchScriptArchive(
            new ScriptModule(type, attributes), KernelSources.entries(entry, LIBRARIES))
        .write(out);
  }

  /** Owner of arrays that live as long as the kernels. */
  public PtNDManager manager() {
    return manager;
  }

  /**
   * Runs a method that may record gradients. Arguments go by name: arrays of the same name {@code
   * list[]} become one list; the others are taken one by one, in order. The caller closes the
   * result.
   */
  public NDList train(String method, NDList arguments) {
    return run(method, arguments, true);
  }

  /**
   * Runs a method in inference mode; what it returns is for reading, it can not take part in a
   * training.
   */
  public NDList infer(String method, NDList arguments) {
    return run(method, arguments, false);
  }

  /** Releases the kernels and every array of {@link #manager()}. */
  @Override
  public void close() {
    manager.close();
    model.close();
    TorchEngine.releaseFreeMemory();
  }

  private NDList run(String method, NDList arguments, boolean training) {
    if (Thread.currentThread() != owner) {
      // Gradient mode and libtorch's threads belong to the calling thread.
      throw new IllegalStateException(
          method + " called from " + Thread.currentThread() + ", the owner is " + owner);
    }
    // A setting of the calling thread: without it scripts are profiled and recompiled.
    JniUtils.setGraphExecutorOptimize(false);
    try (NDArray selector = manager.create(0f)) {
      selector.setName("module_method:" + method);
      return IValueUtils.forward(
          block, new NDList(arguments).addAll(new NDList(selector)), training);
    }
  }

  private static Model load(Device device, Path file) throws IOException, MalformedModelException {
    Model model = Model.newInstance("kernels", device, PtEngine.ENGINE_NAME);
    try {
      model.load(file, null, Map.of("trainParam", "true"));
      return model;
    } catch (IOException | MalformedModelException | RuntimeException e) {
      model.close();
      throw e;
    }
  }
}
