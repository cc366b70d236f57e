package dev.sluice.crd;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a field of a {@link Struct} is on the wire, beyond what its Java type says. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@interface Wire {

  /** The schema asks for it, as Argo's does. */
  boolean required() default false;

  /**
   * {@code time}, or the name of a type in {@code pod-template-types.json}; else the Java type says
   * it.
   */
  String type() default "";

  /** Filled in by the API server where it is absent; none if empty. */
  String defaultValue() default "";

  /** The only values that the schema lets pass; all if empty. */
  String[] oneOf() default {};

  /** Go writes it even when it is not set. Matters in steps, whose JSON is hashed. */
  boolean always() default false;

  /** Go can tell 0, false and "" from absent. Matters in steps, whose JSON is hashed. */
  boolean pointer() default false;
}
