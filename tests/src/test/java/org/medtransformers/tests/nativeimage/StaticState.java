package org.medtransformers.tests.nativeimage;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What one class brings into an image by being initialised when that is built: the types its static
 * fields can hold, as they are declared, and the fields of those; what its static initialiser
 * calls, and what is called by that; and its native methods, whose library it loads. What is behind
 * an interface or in a subclass is not seen.
 *
 * @param classes that are read; others are judged by what they are
 */
record StaticState(JavaClass type, JavaClasses classes, NativeImageSettings settings) {
  /** A package, or a class with its subclasses, of things that end with their process. */
  private static final List<String> BOUND_TO_A_PROCESS =
      List.of(
          "java.awt..",
          "javax.imageio..",
          "com.sun.jna..",
          "ai.djl.ndarray.NDResource",
          "ai.djl.util.NativeResource",
          "java.lang.Process",
          "java.lang.ProcessHandle",
          "java.lang.Thread",
          "java.lang.ref.Cleaner",
          "java.nio.MappedByteBuffer",
          "java.nio.channels.Channel",
          "java.util.Random",
          "java.util.SplittableRandom",
          "java.util.Timer",
          "java.util.concurrent.ExecutorService");

  private static final List<String> LOADING =
      List.of("java.lang.System.load", "java.lang.System.loadLibrary", "java.lang.Runtime.load");

  List<String> faults() {
    List<String> faults = new ArrayList<>(held());
    faults.addAll(called());
    if (type.getMethods().stream().anyMatch(m -> m.getModifiers().contains(JavaModifier.NATIVE))) {
      faults.add(type.getName() + " has native methods");
    }
    return faults;
  }

  private List<String> held() {
    return type.getFields().stream()
        .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
        .flatMap(
            field ->
                reachable(field).stream()
                    .filter(StaticState::isBoundToAProcess)
                    .map(held -> field.getFullName() + " holds a " + held.getName()))
        .toList();
  }

  private Set<JavaClass> reachable(JavaField field) {
    Set<JavaClass> seen = new HashSet<>();
    Deque<JavaClass> open = new ArrayDeque<>();
    types(field).forEach(open::add);
    while (!open.isEmpty()) {
      JavaClass next = open.remove();
      if (seen.add(next) && isRead(next)) {
        next.getAllFields().stream()
            .filter(f -> !f.getModifiers().contains(JavaModifier.STATIC))
            .flatMap(StaticState::types)
            .forEach(open::add);
      }
    }
    return seen;
  }

  /** What the field is, an array's elements, and what a generic type is made of. */
  private static Stream<JavaClass> types(JavaField field) {
    return field.getType().getAllInvolvedRawTypes().stream().map(JavaClass::getBaseComponentType);
  }

  private List<String> called() {
    List<String> faults = new ArrayList<>();
    Set<JavaCodeUnit> seen = new HashSet<>();
    Deque<JavaCodeUnit> open = new ArrayDeque<>(type.getStaticInitializer().stream().toList());
    while (!open.isEmpty()) {
      JavaCodeUnit unit = open.remove();
      if (seen.add(unit)) {
        for (JavaCall<?> call : unit.getCallsFromSelf()) {
          CodeUnitCallTarget target = call.getTarget();
          // What a constant lambda does, it does later.
          if (call.isDeclaredInLambda()) {
            continue;
          }
          if (mustNotBeCalled(target)) {
            faults.add(type.getName() + " calls " + target.getFullName() + " by " + unit.getName());
          } else if (isRead(target.getOwner())) {
            target.resolveMember().ifPresent(open::add);
          }
        }
      }
    }
    return faults;
  }

  private boolean mustNotBeCalled(CodeUnitCallTarget target) {
    String owner = target.getOwner().getName();
    return isBoundToAProcess(target.getOwner())
        || LOADING.contains(owner + "." + target.getName())
        || (isRead(target.getOwner()) && settings.initialisesAtRunTime(owner));
  }

  private boolean isRead(JavaClass other) {
    return classes.contain(other.getName());
  }

  private static boolean isBoundToAProcess(JavaClass type) {
    return BOUND_TO_A_PROCESS.stream()
        .anyMatch(
            bound ->
                bound.endsWith("..")
                    ? type.getPackageName().startsWith(bound.substring(0, bound.length() - 2))
                        && !isPlain(type)
                    : type.isAssignableTo(bound));
  }

  /** Numbers and names with nothing behind them. */
  private static boolean isPlain(JavaClass type) {
    return type.isEnum();
  }
}
