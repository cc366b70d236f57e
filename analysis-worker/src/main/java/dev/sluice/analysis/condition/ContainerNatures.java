package dev.sluice.analysis.condition;

import dev.sluice.analysis.condition.Expression.Literal;
import dev.sluice.analysis.condition.Nature.ListOf;
import dev.sluice.analysis.condition.Nature.Simple;

/** What a part of a list, document or text will be; parts that cannot be are errors. */
final class ContainerNatures {

  private ContainerNatures() {}

  static Nature index(Nature target, Nature index, Expression by) {
    if (target == Simple.OBJECT && by instanceof Literal(String name)) {
      return member(target, name);
    }
    return switch (target) {
      case ListOf(Nature element) -> {
        requirePosition(index);
        yield element;
      }
      case Simple.ANY -> Simple.ANY;
      case Simple.OBJECT -> {
        if (index != Simple.TEXT && !index.isAny()) {
          throw new ConditionException(
              "cannot use %s to get an element from %s".formatted(index, target));
        }
        yield Simple.ANY;
      }
      case Simple _ ->
          throw new ConditionException("type %s[%s] is undefined".formatted(target, index));
    };
  }

  static void requirePosition(Nature index) {
    if (index != Simple.INTEGER && !index.isAny()) {
      throw new ConditionException(
          "array elements can only be selected using an integer (got %s)".formatted(index));
    }
  }

  static Nature member(Nature target, String name) {
    if (target.isList()) {
      throw new ConditionException(
          "array elements can only be selected using an integer (got string)");
    }
    if (target != Simple.OBJECT && !target.isAny()) {
      throw new ConditionException("type %s has no field %s".formatted(target, name));
    }
    return Simple.ANY;
  }

  static Nature slice(Nature target) {
    if (!target.isList() && target != Simple.TEXT && !target.isAny()) {
      throw new ConditionException("cannot slice " + target);
    }
    return target;
  }
}
