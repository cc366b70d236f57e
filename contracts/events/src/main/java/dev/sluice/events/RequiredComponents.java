package dev.sluice.events;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import com.fasterxml.jackson.databind.ser.BeanPropertyWriter;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Components of this package's records are required unless they are {@link Nullable}: a message
 * that lacks one is neither written nor read. Records of other packages are left as they are.
 */
final class RequiredComponents extends NopAnnotationIntrospector {

  @Override
  public Boolean hasRequiredMarker(AnnotatedMember member) {
    return componentOf(member).map(RequiredComponents::isRequired).orElse(null);
  }

  @Override
  public JsonSetter.Value findSetterInfo(Annotated annotated) {
    return annotated instanceof AnnotatedMember member
            && componentOf(member).map(RequiredComponents::isRequired).orElse(false)
        ? JsonSetter.Value.forValueNulls(Nulls.FAIL)
        : JsonSetter.Value.empty();
  }

  static boolean isRequired(RecordComponent component) {
    return !component.isAnnotationPresent(Nullable.class);
  }

  private static Optional<RecordComponent> componentOf(AnnotatedMember member) {
    Class<?> type = member.getDeclaringClass();
    if (!isContract(type)) {
      return Optional.empty();
    }
    RecordComponent[] components = type.getRecordComponents();
    if (member instanceof AnnotatedParameter parameter) {
      return Optional.of(components[parameter.getIndex()]);
    }
    return Stream.of(components).filter(c -> c.getName().equals(member.getName())).findFirst();
  }

  private static boolean isContract(Class<?> type) {
    return type.isRecord() && type.getPackageName().equals(Message.class.getPackageName());
  }

  /** The other direction: a required component that is null is refused. */
  static final class OnWriting extends BeanSerializerModifier {

    @Override
    public List<BeanPropertyWriter> changeProperties(
        SerializationConfig config, BeanDescription bean, List<BeanPropertyWriter> properties) {
      if (isContract(bean.getBeanClass())) {
        for (BeanPropertyWriter property : properties) {
          componentOf(property.getMember())
              .filter(RequiredComponents::isRequired)
              .ifPresent(component -> property.assignNullSerializer(new Refusal(component)));
        }
      }
      return properties;
    }
  }

  private static final class Refusal extends JsonSerializer<Object> {

    private final RecordComponent component;

    Refusal(RecordComponent component) {
      this.component = component;
    }

    @Override
    public void serialize(Object value, JsonGenerator generator, SerializerProvider serializers)
        throws IOException {
      throw JsonMappingException.from(
          generator,
          "%s.%s is required and null"
              .formatted(component.getDeclaringRecord().getSimpleName(), component.getName()));
    }
  }
}
