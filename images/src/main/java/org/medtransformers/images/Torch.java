package org.medtransformers.images;

import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * libtorch as a layer of its own, unpacked to where DJL would unpack it: a root file system that
 * may only be read cannot take it, and a change of code need not move it.
 */
final class Torch {
  private static final String JNI = "libdjl_torch.so";
  private static final String CACHE = "/opt/djl";

  private final Settings settings;

  Torch(Settings settings) {
    this.settings = settings;
  }

  /** Whether {@code jar} holds libraries that {@link #layer} has unpacked. */
  static boolean holdsLibraries(Path jar) {
    String name = jar.getFileName().toString();
    return name.contains("pytorch-native-") || name.contains("pytorch-jni-");
  }

  /** What tells where libtorch is. */
  Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("DJL_CACHE_DIR", CACHE);
    environment.put("OMP_WAIT_POLICY", "PASSIVE");
    // Memory of large tensors is kept for the next step: docs/performance.md.
    environment.put(
        "GLIBC_TUNABLES",
        "glibc.malloc.arena_max=1:glibc.malloc.mmap_threshold=33554432"
            + ":glibc.malloc.trim_threshold=34359738368");
    if (settings.flavour() == Settings.Flavour.CU128) {
      environment.put("MEDTRANS_TORCH", settings.cudaTorch());
    }
    return environment;
  }

  /**
   * @param jars of the application
   * @param work where libraries are unpacked, once for each version
   */
  FileEntriesLayer layer(Iterable<Path> jars, Path work) throws IOException {
    String name = version(jars) + "-" + settings.flavour().id();
    Path unpacked = work.resolve("libtorch-" + name + "-" + settings.torch().djl());
    if (!Files.exists(unpacked)) {
      Path aside = Files.createTempDirectory(Files.createDirectories(work), "libtorch");
      for (Path jar : jars) {
        if (holdsLibraries(jar)) {
          unpack(jar, aside);
        }
      }
      Files.move(aside, unpacked, StandardCopyOption.ATOMIC_MOVE);
    }
    return Layers.tree("libtorch", unpacked, CACHE + "/pytorch/" + name + "-linux-x86_64");
  }

  /** As DJL calls it: that of its own build, or the plain one of somebody else's. */
  private String version(Iterable<Path> jars) throws IOException {
    for (Path jar : jars) {
      if (settings.flavour() == Settings.Flavour.CPU && holdsLibraries(jar)) {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
          ZipEntry entry = zip.getEntry("native/lib/pytorch.properties");
          if (entry != null) {
            Properties properties = new Properties();
            properties.load(zip.getInputStream(entry));
            return properties.getProperty("version");
          }
        }
      }
    }
    return settings.torch().libtorch();
  }

  private void unpack(Path jar, Path folder) throws IOException {
    String flavour = settings.flavour().id();
    String libraries = "pytorch/%s/linux-x86_64/".formatted(flavour);
    String jni = "jnilib/linux-x86_64/%s/%s".formatted(flavour, JNI);
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        String name = entry.getName();
        if (name.equals(jni)) {
          copy(zip, entry, folder.resolve(settings.torch().djl() + "-" + JNI));
        } else if (name.startsWith(libraries) && !entry.isDirectory()) {
          copy(zip, entry, folder.resolve(name.substring(libraries.length())));
        }
      }
    }
  }

  private static void copy(ZipFile zip, ZipEntry entry, Path file) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      Files.copy(in, file);
    }
  }

  /** {@code jar} without its native libraries: DJL still reads its versions from it. */
  static Path thin(Path jar, Path folder) throws IOException {
    Path thin = Files.createDirectories(folder).resolve(jar.getFileName());
    try (ZipFile zip = new ZipFile(jar.toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(thin))) {
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        if (!entry.getName().matches(".*\\.(so|dll|dylib)(\\.\\d+)*")) {
          ZipEntry kept = new ZipEntry(entry.getName());
          kept.setTimeLocal(Layers.MODIFIED_LOCAL);
          out.putNextEntry(kept);
          try (InputStream in = zip.getInputStream(entry)) {
            in.transferTo(out);
          }
        }
      }
    }
    return thin;
  }
}
