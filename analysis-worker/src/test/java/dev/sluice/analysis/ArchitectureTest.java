package dev.sluice.analysis;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.sluice.analysis",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule theCoreKnowsOnlyItsOwnWords =
      classes()
          .that()
          .resideInAPackage("dev.sluice.analysis")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..", "dev.sluice.events", "dev.sluice.analysis", "dev.sluice.analysis.condition")
          .because(
              "a verdict is a function of what was recorded: no clock, no neighbour, no frame");

  @ArchTest
  static final ArchRule theCoreNeitherWaitsNorLooksAtAClock =
      noClasses()
          .that()
          .resideInAnyPackage("dev.sluice.analysis", "dev.sluice.analysis.condition")
          .should()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .dependOnClassesThat()
          .resideInAnyPackage("java.util.concurrent..", "java.net..", "java.nio..")
          .because("the simulator drives it on a clock of its own");

  @ArchTest
  static final ArchRule conditionsReachNothing =
      classes()
          .that()
          .resideInAPackage("dev.sluice.analysis.condition")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java.lang",
              "java.util",
              "java.util.function",
              "java.util.regex",
              "java.util.stream",
              "java.lang.runtime",
              "java.lang.invoke",
              "dev.sluice.analysis.condition")
          .because("a condition is users' text: what is not there cannot be called");

  @ArchTest
  static final ArchRule theServiceKnowsNoOtherService =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.sluice.orchestrator..",
              "dev.sluice.traffic..",
              "dev.sluice.metrics..",
              "dev.sluice.crd..")
          .because("services talk by messages, and the worker touches no cluster object");

  @ArchTest
  static final ArchRule kafkaStaysAtItsEdge =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.sluice.analysis.kafka")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.kafka..")
          .because("who decides does not know how it is told");

  @ArchTest
  static final ArchRule httpStaysAtItsEdge =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.sluice.analysis.gateway", "dev.sluice.analysis.configuration")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.vertx..")
          .because("who decides does not know how it is asked");

  @ArchTest
  static final ArchRule edgesDoNotKnowEachOther =
      slices()
          .matching("dev.sluice.analysis.(kafka|gateway|telemetry)..")
          .should()
          .notDependOnEachOther()
          .because("configuration puts them together, and nobody else");
}
