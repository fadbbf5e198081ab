package org.medtransformers.tests.nativeimage;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.medtransformers.contracts.Json;

/**
 * What all {@code META-INF/native-image} of a class path tell GraalVM together. What Quarkus adds
 * by itself when it builds is not seen here.
 *
 * @param atRunTime classes, and packages with all that lies below them, that are initialised when
 *     the program runs; all others are when its image is built
 * @param jni entries of {@code jni-config.json}
 * @param reflection entries of {@code reflect-config.json}
 * @param resources patterns of what is in the image besides classes
 * @param proxies interfaces, one for each proxy class
 */
record NativeImageSettings(
    Set<String> atRunTime,
    List<JsonNode> jni,
    List<JsonNode> reflection,
    List<Pattern> resources,
    Set<List<String>> proxies) {
  private static final String RUN_TIME = "--initialize-at-run-time=";

  /** Reading hundreds of jars takes a second. */
  private static final Map<ServiceClassPath, NativeImageSettings> READ = new ConcurrentHashMap<>();

  static NativeImageSettings of(ServiceClassPath classPath) {
    return READ.computeIfAbsent(classPath, NativeImageSettings::read);
  }

  private static NativeImageSettings read(ServiceClassPath classPath) {
    Set<String> atRunTime = new HashSet<>();
    for (byte[] file : files(classPath, "native-image.properties")) {
      Stream.of(arguments(file).split("\\s+"))
          .filter(argument -> argument.startsWith(RUN_TIME))
          .flatMap(argument -> Stream.of(argument.substring(RUN_TIME.length()).split(",")))
          .forEach(atRunTime::add);
    }
    List<Pattern> resources = new ArrayList<>();
    for (JsonNode file : json(classPath, "resource-config.json")) {
      JsonNode list = file.path("resources");
      (list.isArray() ? list : list.path("includes"))
          .forEach(r -> resources.add(Pattern.compile(r.path("pattern").asText())));
    }
    Set<List<String>> proxies = new HashSet<>();
    for (JsonNode proxy : entries(classPath, "proxy-config.json")) {
      proxies.add(
          StreamSupport.stream(
                  (proxy.isArray() ? proxy : proxy.path("interfaces")).spliterator(), false)
              .map(JsonNode::asText)
              .toList());
    }
    return new NativeImageSettings(
        atRunTime,
        entries(classPath, "jni-config.json"),
        entries(classPath, "reflect-config.json"),
        resources,
        proxies);
  }

  boolean initialisesAtRunTime(String className) {
    return atRunTime.stream()
        .anyMatch(told -> className.equals(told) || className.startsWith(told + "."));
  }

  boolean keeps(String resource) {
    return resources.stream().anyMatch(pattern -> pattern.matcher(resource).matches());
  }

  private static String arguments(byte[] file) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(new String(file, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("Args", "");
  }

  private static List<JsonNode> entries(ServiceClassPath classPath, String file) {
    return json(classPath, file).stream()
        .flatMap(array -> StreamSupport.stream(array.spliterator(), false))
        .toList();
  }

  private static List<JsonNode> json(ServiceClassPath classPath, String file) {
    return files(classPath, file).stream()
        .map(bytes -> Json.parse(new String(bytes, StandardCharsets.UTF_8)))
        .toList();
  }

  private static List<byte[]> files(ServiceClassPath classPath, String file) {
    return classPath
        .names(Pattern.compile("META-INF/native-image/(.+/)?" + Pattern.quote(file)))
        .stream()
        .flatMap(name -> classPath.read(name).stream())
        .toList();
  }
}
