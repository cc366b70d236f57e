package dev.sluice.metrics;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.sluice.metrics",
    importOptions = ImportOption.DoNotIncludeTests.class)
class GatewayArchitectureTest {

  @ArchTest
  static final ArchRule theCoreKnowsNeighboursOnlyByItsOwnWords =
      classes()
          .that()
          .resideInAPackage("dev.sluice.metrics")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "dev.sluice.events", "dev.sluice.metrics")
          .because("what is asked, joined or shed is decided and tested without a network");

  @ArchTest
  static final ArchRule thereIsOneWayOut =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.sluice.metrics.egress")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx..", "io.netty..")
          .because("only one place sends anything to a provider or plugin, and it checks where to");

  @ArchTest
  static final ArchRule edgesDoNotKnowEachOther =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.sluice.metrics.prometheus..",
              "dev.sluice.metrics.plugin..",
              "dev.sluice.metrics.egress..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.sluice.metrics.http..",
              "dev.sluice.metrics.kafka..",
              "dev.sluice.metrics.telemetry..")
          .because("a new provider is one class beside this one, whoever asks");

  @ArchTest
  static final ArchRule noServiceDependsOnAnother =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.sluice.orchestrator..",
              "dev.sluice.analysis..",
              "dev.sluice.traffic..",
              "dev.sluice.crd..")
          .because("services meet on the wire only, and the gateway touches no cluster object");
}
