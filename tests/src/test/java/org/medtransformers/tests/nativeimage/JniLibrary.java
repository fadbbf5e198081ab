package org.medtransformers.tests.nativeimage;

import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a native library may look up in Java, told from the zero-terminated strings in it: names of
 * classes, of members and descriptors stand there as they are given to JNI, and so do the names of
 * the functions that Java's native methods are.
 */
final class JniLibrary {
  private static final Pattern CLASS = Pattern.compile("[a-z]\\w*(/[\\w$]+)+");
  private static final Pattern FUNCTION = Pattern.compile("Java_(\\w+)");

  private final Set<String> strings;
  private final ClassLoader loader;

  JniLibrary(byte[] library, ClassLoader loader) {
    this.strings = strings(library);
    this.loader = loader;
  }

  private static Set<String> strings(byte[] library) {
    Set<String> strings = new HashSet<>();
    int start = 0;
    for (int i = 0; i < library.length; i++) {
      if (library[i] < ' ' || library[i] > '~') {
        if (i > start && library[i] == 0) {
          strings.add(new String(library, start, i - start, StandardCharsets.US_ASCII));
        }
        start = i + 1;
      }
    }
    return strings;
  }

  /** Classes that it names. */
  Set<Class<?>> named() {
    return strings.stream()
        .filter(CLASS.asMatchPredicate())
        .flatMap(string -> find(string.replace('/', '.')).stream())
        .collect(Collectors.toSet());
  }

  /** Classes whose native methods it has. */
  Set<Class<?>> implemented() {
    return strings.stream()
        .map(FUNCTION::matcher)
        .filter(Matcher::matches)
        .flatMap(function -> declaring(function.group(1)).stream())
        .collect(Collectors.toSet());
  }

  /** {@code a_b_C_method}: the class is what there is of the longest such name. */
  private Optional<Class<?>> declaring(String mangled) {
    String name = mangled.replaceAll("__.*", "").replace("_00024", "$");
    for (int end = name.lastIndexOf('_'); end > 0; end = name.lastIndexOf('_', end - 1)) {
      Optional<Class<?>> found = find(name.substring(0, end).replace('_', '.'));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<Class<?>> find(String name) {
    try {
      return Optional.of(Class.forName(name, false, loader));
    } catch (ClassNotFoundException | NoClassDefFoundError e) {
      return Optional.empty();
    }
  }

  /** Fields of {@code type} whose names stand in it. */
  List<String> fields(Class<?> type) {
    return Stream.of(type.getDeclaredFields())
        .filter(field -> !field.isSynthetic())
        .map(Field::getName)
        .filter(strings::contains)
        .toList();
  }

  /** Methods and constructors of {@code type} whose names and descriptors stand in it. */
  List<String> callables(Class<?> type) {
    Stream<String> methods =
        Stream.of(type.getDeclaredMethods())
            .filter(method -> named(method.getName(), method.getReturnType(), method))
            .map(Method::getName);
    Stream<String> constructors =
        Stream.of(type.getDeclaredConstructors())
            .filter(constructor -> named("<init>", void.class, constructor))
            .map(constructor -> "<init>");
    return Stream.concat(methods, constructors).distinct().toList();
  }

  private boolean named(String name, Class<?> returned, Method method) {
    return named(name, MethodType.methodType(returned, method.getParameterTypes()));
  }

  private boolean named(String name, Class<?> returned, Constructor<?> constructor) {
    return named(name, MethodType.methodType(returned, constructor.getParameterTypes()));
  }

  private boolean named(String name, MethodType type) {
    return strings.contains(name) && strings.contains(type.toMethodDescriptorString());
  }
}
