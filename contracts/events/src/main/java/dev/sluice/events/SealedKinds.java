package dev.sluice.events;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.jsontype.TypeResolverBuilder;
import com.fasterxml.jackson.databind.jsontype.impl.StdTypeResolverBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Sealed types in JSON: each value has a property {@code kind}, the simple name of its class. What
 * is permitted is known to the compiler, so that no annotation repeats it. {@link Message} is left
 * out: its kind is the CloudEvents type.
 */
final class SealedKinds extends NopAnnotationIntrospector {

  static final String PROPERTY = "kind";

  @Override
  public TypeResolverBuilder<?> findTypeResolver(
      MapperConfig<?> config, AnnotatedClass type, JavaType base) {
    return hasKind(type.getRawType())
        ? new StdTypeResolverBuilder()
            .init(JsonTypeInfo.Id.NAME, null)
            .inclusion(JsonTypeInfo.As.PROPERTY)
            .typeProperty(PROPERTY)
        : null;
  }

  @Override
  public List<NamedType> findSubtypes(Annotated annotated) {
    Class<?> type = annotated.getRawType();
    return hasKind(type) && type.isSealed()
        ? kinds(type).values().stream().map(NamedType::new).toList()
        : null;
  }

  @Override
  public String findTypeName(AnnotatedClass type) {
    return hasKind(type.getRawType()) ? type.getRawType().getSimpleName() : null;
  }

  /** The final classes of a sealed type by their kind; two of one simple name are an error. */
  static Map<String, Class<?>> kinds(Class<?> sealed) {
    Map<String, Class<?>> kinds = new TreeMap<>();
    leaves(sealed)
        .forEach(leaf -> {
          Class<?> other = kinds.put(leaf.getSimpleName(), leaf);
          if (other != null && other != leaf) {
            throw new IllegalStateException(
                "two kinds of %s have one name: %s and %s".formatted(sealed, leaf, other));
          }
        });
    return kinds;
  }

  private static Stream<Class<?>> leaves(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(SealedKinds::leaves)
        : Stream.of(type);
  }

  // The JDK has sealed types of its own (String has one above it), and an enum may be sealed.
  private static boolean hasKind(Class<?> type) {
    return type != null
        && !type.isEnum()
        && type != Message.class
        && !type.getName().startsWith("java.")
        && (type.isSealed()
            || hasKind(type.getSuperclass())
            || Arrays.stream(type.getInterfaces()).anyMatch(SealedKinds::hasKind));
  }
}
