package dev.sluice.devkit.kubernetes.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * One column of a kind's table.
 *
 * @param type OpenAPI type of the cells: string, integer, boolean, number, date
 * @param priority 0 is always shown, more only in wide output
 */
public record Column(
    String name, String type, String format, String description, int priority, Cell cell) {

  /** The value of a column for one object; null JSON where there is none. */
  @FunctionalInterface
  public interface Cell {
    JsonNode of(ObjectNode object, Instant now);
  }
}
