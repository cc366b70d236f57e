package dev.sluice.devkit.kubernetes.object;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A field selector as the query parameter writes it: {@code metadata.name=a,status.phase!=Running}.
 */
public final class FieldSelector implements Predicate<JsonNode> {
  private static final Set<String> EVERY_KIND = Set.of("metadata.name", "metadata.namespace");
  private static final Pattern REQUIREMENT = Pattern.compile("([A-Za-z.]+)(==|=|!=)(.*)");

  private final List<Requirement> requirements;

  private FieldSelector(List<Requirement> requirements) {
    this.requirements = requirements;
  }

  /**
   * Parses; a field that the kind cannot be selected by is a BadRequest, as silently selecting
   * everything would be a wrong answer.
   *
   * @param selectable fields of the kind beside metadata.name and metadata.namespace
   * @param refusal how the kind says that it cannot be selected by a field
   */
  public static FieldSelector parse(
      String text, Set<String> selectable, UnaryOperator<String> refusal) {
    List<Requirement> requirements = new ArrayList<>();
    for (String part : text.isBlank() ? new String[0] : text.split(",")) {
      Matcher matcher = REQUIREMENT.matcher(part.strip());
      if (!matcher.matches()) {
        throw ApiError.badRequest("unable to parse the field selector: " + text);
      }
      String field = matcher.group(1);
      if (!EVERY_KIND.contains(field) && !selectable.contains(field)) {
        throw ApiError.badRequest(refusal.apply(field));
      }
      boolean wanted = !matcher.group(2).equals("!=");
      requirements.add(new Requirement("/" + field.replace('.', '/'), matcher.group(3), wanted));
    }
    return new FieldSelector(requirements);
  }

  @Override
  public boolean test(JsonNode object) {
    return requirements.stream().allMatch(requirement -> requirement.test(object));
  }

  private record Requirement(String pointer, String value, boolean wanted) {
    boolean test(JsonNode object) {
      return Json.text(object, pointer).equals(value) == wanted;
    }
  }
}
