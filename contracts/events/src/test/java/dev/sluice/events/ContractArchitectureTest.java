package dev.sluice.events;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.sluice.events",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ContractArchitectureTest {

  @ArchTest
  static final ArchRule theContractNeedsNoMoreThanJsonAndKafkaClients =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.sluice.events", "java..", "com.fasterxml.jackson..", "org.apache.kafka..")
          .because("every service and every audit tool carries the contract on its class path");

  @ArchTest
  static final ArchRule whatTravelsKnowsNothingOfHowItTravels =
      classes()
          .that(
              DescribedPredicate.describe(
                  "are messages or parts of them", ContractArchitectureTest::travels))
          .should()
          .onlyDependOnClassesThat(
              DescribedPredicate.describe(
                  "are plain Java or such themselves",
                  (JavaClass used) ->
                      used.getBaseComponentType().isPrimitive()
                          || used.getPackageName().startsWith("java.")
                          || travels(used)))
          .because("the cores are built on these records, and a core has no libraries");

  private static boolean travels(JavaClass used) {
    JavaClass type = used.getBaseComponentType();
    return type.getPackageName().equals("dev.sluice.events")
        && (type.isRecord() || type.isInterface() || type.isEnum() || type.isAnnotation());
  }
}
