package dev.sluice.orchestrator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.sluice.orchestrator",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String CORE = "dev.sluice.orchestrator";

  @ArchTest
  static final ArchRule theCoreKnowsOnlyItsOwnWords =
      classes()
          .that()
          .resideInAPackage(CORE)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "dev.sluice.events", CORE)
          .because("a decision is a function of state, signal and time: no neighbour, no frame");

  @ArchTest
  static final ArchRule theCoreLooksAtNoClock =
      noClasses()
          .that()
          .resideInAPackage(CORE)
          .should()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(java.util.Random.class)
          .because("the simulator drives it on a clock of its own, and decides twice to compare");

  @ArchTest
  static final ArchRule edgesMeetOnlyInTheCore =
      noClasses()
          .that()
          .resideInAPackage(CORE + ".kubernetes..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CORE + ".postgres..", CORE + ".kafka..", CORE + ".http..")
          .because("an edge is named after one neighbour; ports of the core join them");

  @ArchTest
  static final ArchRule theStoreKnowsNoOtherEdge =
      noClasses()
          .that()
          .resideInAPackage(CORE + ".postgres..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CORE + ".kubernetes..", CORE + ".kafka..", CORE + ".http..")
          .because("an edge is named after one neighbour; ports of the core join them");

  @ArchTest
  static final ArchRule kafkaAndHttpKnowNoOtherEdge =
      noClasses()
          .that()
          .resideInAnyPackage(CORE + ".kafka..", CORE + ".http..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CORE + ".kubernetes..", CORE + ".postgres..")
          .because("an edge is named after one neighbour; ports of the core join them");

  @ArchTest
  static final ArchRule webhooksCompareSecretsInConstantTime =
      classes()
          .that()
          .implement(CORE + ".http.WebhookSource")
          .should()
          .callMethod(java.security.MessageDigest.class, "isEqual", byte[].class, byte[].class)
          .because("how long an answer takes must not tell how much of a guess was right");

  @ArchTest
  static final ArchRule onlyTheClusterEdgeKnowsTheObjectsOfTheCluster =
      noClasses()
          .that()
          .resideOutsideOfPackage(CORE + ".kubernetes..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.sluice.crd..", "io.fabric8..")
          .because("edges translate objects into records of the core");

  @ArchTest
  static final ArchRule theServiceKnowsNoOtherService =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.sluice.analysis..", "dev.sluice.traffic..", "dev.sluice.metrics..")
          .because("services talk by messages");
}
