package dev.sluice.events;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.Set;

/** Writes a set in its elements' natural order: the same set is the same bytes in every process. */
final class OrderedSets extends StdSerializer<Set<?>> {

  OrderedSets() {
    super(Set.class, false);
  }

  @Override
  public boolean isEmpty(SerializerProvider serializers, Set<?> set) {
    return set.isEmpty();
  }

  @Override
  public void serialize(Set<?> set, JsonGenerator generator, SerializerProvider serializers)
      throws IOException {
    for (Object element : set) {
      if (!(element instanceof Comparable)) {
        throw JsonMappingException.from(
            generator, "a set of what has no order, " + element + ": make it a list");
      }
    }
    generator.writeStartArray(set, set.size());
    for (Object element : set.stream().sorted().toList()) {
      serializers
          .findTypedValueSerializer(element.getClass(), true, null)
          .serialize(element, generator, serializers);
    }
    generator.writeEndArray();
  }
}
