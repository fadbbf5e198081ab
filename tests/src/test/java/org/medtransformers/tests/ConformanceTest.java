package org.medtransformers.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What implements an interface of the field is held to it: {@code Dino} by {@code
 * DinoConformanceTest}, which extends {@code MethodConformanceTest}.
 */
class ConformanceTest {
  @ParameterizedTest
  @CsvSource({
    "libs/learning, org.medtransformers.learning.method.Method",
    "libs/learning, org.medtransformers.learning.optimizer.Optimizer",
    "libs/imaging, org.medtransformers.imaging.codec.Codec",
    "libs/imaging, org.medtransformers.imaging.dataset.DatasetSource"
  })
  void everyImplementationIsTested(String module, String name) {
    Path target = Path.of("..").resolve(module).resolve("target");
    JavaClasses classes =
        new ClassFileImporter()
            .importPaths(List.of(target.resolve("classes"), target.resolve("test-classes")));
    JavaClass tested = classes.get(name);
    Set<String> expected =
        tested.getAllSubclasses().stream()
            .filter(type -> !type.isInterface())
            .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
            .map(type -> type.getSimpleName() + "ConformanceTest")
            .collect(Collectors.toSet());
    Set<String> found =
        classes.stream()
            .filter(type -> extendsTestOf(tested, type))
            .map(JavaClass::getSimpleName)
            .collect(Collectors.toSet());
    assertFalse(expected.isEmpty(), name + " has no implementation");
    assertEquals(expected, found);
  }

  private static boolean extendsTestOf(JavaClass tested, JavaClass type) {
    return type.getRawSuperclass()
        .filter(s -> s.getSimpleName().equals(tested.getSimpleName() + "ConformanceTest"))
        .isPresent();
  }
}
