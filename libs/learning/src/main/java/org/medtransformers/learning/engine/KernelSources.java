package org.medtransformers.learning.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The texts of {@code kernels/*.py}. */
public final class KernelSources {
  private KernelSources() {}

  /**
   * Entries of an archive, see {@link TorchScriptArchive}.
   *
   * @param entry source of the module's class
   * @param libraries kernels that it calls as {@code __torch__.<library>.<function>}
   */
  public static Map<String, String> entries(String entry, List<String> libraries) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("code/__torch__.py", entry);
    libraries.forEach(name -> texts.put("code/__torch__/" + name + ".py", read(name)));
    return texts;
  }

  static String read(String name) {
    String resource = "/org/medtransformers/learning/kernels/" + name + ".py";
    try (InputStream in = KernelSources.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
