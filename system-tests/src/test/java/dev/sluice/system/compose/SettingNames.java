package dev.sluice.system.compose;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The environment variables that a service reads, from its own configuration interfaces. */
final class SettingNames {

  /** In place of a key of a map: any name will do. */
  private static final String ANY = "*";

  private SettingNames() {}

  /**
   * Whether a service has a setting of this name in a configuration interface or in its
   * application.properties.
   */
  static Predicate<String> of(String service, String javaPackage) {
    Pattern known =
        Pattern.compile(
            Stream.concat(mapped(javaPackage), written(service))
                .map(SettingNames::variable)
                .reduce((one, other) -> one + "|" + other)
                .orElseThrow());
    return name -> known.matcher(name).matches();
  }

  private static Stream<String> mapped(String javaPackage) {
    return new ClassFileImporter()
        .importPackages(javaPackage).stream()
            .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
            .map(JavaClass::reflect)
            .flatMap(type -> names(type.getAnnotation(ConfigMapping.class).prefix(), type));
  }

  private static Stream<String> names(String prefix, Class<?> group) {
    return Stream.of(group.getDeclaredMethods())
        .flatMap(method -> names(name(prefix, method), method));
  }

  private static Stream<String> names(String name, Method method) {
    if (Map.class.isAssignableFrom(method.getReturnType())) {
      var map = (ParameterizedType) method.getGenericReturnType();
      return names(name + "." + ANY, (Class<?>) map.getActualTypeArguments()[1]);
    }
    var type = method.getReturnType();
    boolean isGroup = type.isInterface() && type.getName().startsWith("dev.sluice.");
    return isGroup ? names(name, type) : Stream.of(name);
  }

  private static String name(String prefix, Method method) {
    if (method.isAnnotationPresent(WithParentName.class)) {
      return prefix;
    }
    String dashed = method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    return prefix + "." + dashed;
  }

  private static Stream<String> written(String service) {
    var properties = new Properties();
    try {
      properties.load(
          new StringReader(
              ComposeFile.text(service + "/src/main/resources/application.properties")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.stringPropertyNames().stream();
  }

  /** As the environment names a property. */
  private static String variable(String property) {
    return property
        .replace(ANY, "ANY")
        .toUpperCase(Locale.ROOT)
        .replaceAll("[^A-Z0-9]", "_")
        .replace("_ANY_", "_[A-Z0-9_]+_");
  }
}
