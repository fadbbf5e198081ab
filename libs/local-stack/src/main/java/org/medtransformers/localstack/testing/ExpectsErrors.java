package org.medtransformers.localstack.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Errors that a service may log during a test, or during the tests of a class; see LogCheck. */
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface ExpectsErrors {
  /** Parts of their messages or of what was thrown. */
  String[] value();
}
