package org.medtransformers.tests.nativeimage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What our services use through JNI and JNA, held against what their class paths tell GraalVM. What
 * native code finds by other ways than a name in it, such as the class of an object it is given,
 * cannot be seen so.
 */
class NativeMetadataTest {
  private static final String JNA = "com/sun/jna/linux-x86-64/libjnidispatch.so";
  private static final String ZSTD = "linux/amd64/libzstd-jni-.*\\.so";
  private static final String DJL = "jnilib/linux-x86_64/cpu/libdjl_torch.so";

  /** A service, the library, and the packages whose methods are looked at besides their fields. */
  @ParameterizedTest
  @CsvSource({
    "gateway, " + ZSTD + ", com.github.luben",
    "data-service, " + ZSTD + ", com.github.luben",
    "data-service, " + JNA + ", com.sun.jna",
    "trainer-service, " + ZSTD + ", com.github.luben",
    "trainer-service, " + JNA + ", com.sun.jna",
    "trainer-service, " + DJL + ", ai.djl",
    "eval-service, " + ZSTD + ", com.github.luben",
    "eval-service, " + JNA + ", com.sun.jna",
    "eval-service, " + DJL + ", ai.djl",
  })
  void whatANativeLibraryLooksUpIsInTheImage(String service, String library, String own) {
    ServiceClassPath classPath = ServiceClassPath.of(service);
    NativeImageSettings settings = NativeImageSettings.of(classPath);
    TreeSet<String> files = classPath.names(Pattern.compile(library));
    assertEquals(1, files.size(), files::toString);
    assertTrue(settings.keeps(files.first()), files.first() + " is not in the image");

    JniLibrary strings = new JniLibrary(classPath.read(files.first()).get(0), classPath.loader());
    TreeSet<String> missing = new TreeSet<>();
    strings.named().stream()
        .filter(type -> told(settings, type).isEmpty())
        .forEach(type -> missing.add(type.getName()));
    Stream.concat(strings.named().stream(), strings.implemented().stream())
        .flatMap(type -> untold(strings, type, own, told(settings, type)))
        .forEach(missing::add);
    assertEquals(Set.of(), missing);
  }

  private static List<JsonNode> told(NativeImageSettings settings, Class<?> type) {
    return settings.jni().stream()
        .filter(entry -> entry.path("name").asText().equals(type.getName()))
        .toList();
  }

  /** Fields that the library may look up, and of its own package methods too. */
  private static Stream<String> untold(
      JniLibrary library, Class<?> type, String own, List<JsonNode> told) {
    Stream<String> fields =
        library.fields(type).stream()
            .filter(field -> !tells(told, "allDeclaredFields", "fields", field));
    Stream<String> callables =
        library.callables(type).stream()
            .filter(name -> type.getName().startsWith(own))
            .filter(name -> !tells(told, all(name), "methods", name));
    return Stream.concat(fields, callables).map(member -> type.getName() + "." + member);
  }

  private static String all(String callable) {
    return callable.equals("<init>") ? "allDeclaredConstructors" : "allDeclaredMethods";
  }

  private static boolean tells(List<JsonNode> entries, String all, String list, String name) {
    return entries.stream()
        .anyMatch(
            entry ->
                entry.path(all).asBoolean()
                    || StreamSupport.stream(entry.path(list).spliterator(), false)
                        .anyMatch(member -> member.path("name").asText().equals(name)));
  }

  /** DJL reads them to find, and to name, the library between Java and libtorch. */
  @ParameterizedTest
  @CsvSource({
    "trainer-service, pytorch-engine.properties",
    "trainer-service, native/lib/pytorch.properties",
    "trainer-service, jnilib/pytorch.properties",
    "trainer-service, ai/djl/engine/api.properties",
    "eval-service, pytorch-engine.properties",
    "eval-service, native/lib/pytorch.properties",
    "eval-service, jnilib/pytorch.properties",
    "eval-service, ai/djl/engine/api.properties",
  })
  void whatDjlReadsIsInTheImage(String service, String resource) {
    ServiceClassPath classPath = ServiceClassPath.of(service);
    assertFalse(classPath.read(resource).isEmpty());
    assertTrue(NativeImageSettings.of(classPath).keeps(resource));
  }

  /** Quarkus does not register what a ServiceLoader finds; one that is missing fails them all. */
  @ParameterizedTest
  @ValueSource(strings = {"trainer-service", "eval-service"})
  void everyProviderThatDjlLooksForCanBeMade(String service) {
    ServiceClassPath classPath = ServiceClassPath.of(service);
    NativeImageSettings settings = NativeImageSettings.of(classPath);
    TreeSet<String> files = classPath.names(Pattern.compile("META-INF/services/ai\\.djl\\..+"));
    assertFalse(files.isEmpty());
    for (String file : files) {
      assertTrue(settings.keeps(file), file);
      classPath.read(file).stream()
          .map(bytes -> new String(bytes, StandardCharsets.UTF_8).strip())
          .forEach(
              provider ->
                  assertTrue(
                      settings.reflection().stream()
                          .filter(e -> e.path("name").asText().equals(provider))
                          .anyMatch(e -> e.path("allDeclaredConstructors").asBoolean()),
                      provider));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "data-service, org.medtransformers.imaging.codec.TurboJpeg$Api",
    "trainer-service, ai.djl.util.cuda.CudaLibrary",
    "eval-service, ai.djl.util.cuda.CudaLibrary",
  })
  void functionsCalledThroughJnaHaveAProxyAndCanBeRead(String service, String functions)
      throws ClassNotFoundException {
    ServiceClassPath classPath = ServiceClassPath.of(service);
    Class<?> library = Class.forName("com.sun.jna.Library", false, classPath.loader());
    assertTrue(library.isInterface());
    NativeImageSettings settings = NativeImageSettings.of(classPath);
    assertTrue(settings.proxies().contains(List.of(functions)), settings.proxies()::toString);
    assertTrue(
        settings.reflection().stream()
            .filter(entry -> entry.path("name").asText().equals(functions))
            .anyMatch(entry -> entry.path("allDeclaredMethods").asBoolean()),
        functions);
  }
}
