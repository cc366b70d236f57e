package dev.sluice.crd;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/**
 * What Argo's Go programs know about a piece of JSON: how they write it, and what its schema says.
 */
sealed interface GoType {

  /** A value without members of its own. */
  enum Leaf implements GoType {
    STRING,
    BOOLEAN,
    INT32,
    INT64,
    /** Such as {@code 500m}; written in its canonical form. */
    QUANTITY,
    INT_OR_STRING,
    TIME,
    /** Anything; keys are sorted. */
    RAW;

    /** Go's omitempty never leaves these out: they are structs. */
    boolean isStruct() {
      return this == QUANTITY || this == INT_OR_STRING || this == TIME;
    }
  }

  /**
   * An object with known members.
   *
   * @param name of the type
   * @param fields in the order in which Go writes them
   */
  record Object(String name, List<Field> fields) implements GoType {}

  /** One value, a list of them, or a map from strings to them. */
  enum Shape {
    SINGLE,
    LIST,
    MAP
  }

  /** When Go leaves a member out. */
  enum Omit {
    NEVER,
    EMPTY,
    ZERO
  }

  /**
   * A member.
   *
   * @param name in JSON
   * @param type of the value, of a list's elements or of a map's values
   * @param shape how many
   * @param pointer of a single value: Go can tell zero from absent
   * @param omit when it is left out
   * @param required the schema asks for it
   * @param defaultValue what the API server fills in; null if nothing
   * @param oneOf the only values that the schema lets pass; all if empty
   * @param list {@code x-kubernetes-list-type}; empty if none
   * @param keys {@code x-kubernetes-list-map-keys}
   * @param atomic of a map or object: {@code x-kubernetes-map-type}
   */
  record Field(
      String name,
      GoType type,
      Shape shape,
      boolean pointer,
      Omit omit,
      boolean required,
      JsonNode defaultValue,
      Set<String> oneOf,
      String list,
      List<String> keys,
      boolean atomic) {}
}
