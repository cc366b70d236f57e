package dev.sluice.traffic;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.sluice.traffic",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String CORE = "dev.sluice.traffic";

  @ArchTest
  static final ArchRule theCoreKnowsOnlyItsOwnWords =
      classes()
          .that()
          .resideInAPackage(CORE)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "dev.sluice.events", CORE)
          .because("whether a weight may be written is decided without a cluster and a broker");

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
  static final ArchRule onlyTheRouterStartsThreads =
      noClasses()
          .that()
          .resideInAPackage(CORE)
          .and()
          .doNotBelongToAnyOf(Router.class)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.util.concurrent..")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Thread.class)
          .because("what is owed to a route follows from signals, not from who runs first");

  @ArchTest
  static final ArchRule kafkaStaysAtItsEdge =
      noClasses()
          .that()
          .resideOutsideOfPackage(CORE + ".kafka")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.kafka..")
          .because("who decides does not know how it is told");

  @ArchTest
  static final ArchRule theClusterStaysAtItsEdge =
      noClasses()
          .that()
          .resideOutsideOfPackage(CORE + ".nginx")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.fabric8..", "com.fasterxml.jackson..")
          .because("another kind of route is another edge, and the core stays as it is");

  @ArchTest
  static final ArchRule edgesDoNotKnowEachOther =
      slices()
          .matching(CORE + ".(kafka|nginx)..")
          .should()
          .notDependOnEachOther()
          .because("an edge is named after one neighbour; ports of the core join them");

  @ArchTest
  static final ArchRule theServiceKnowsNoOtherService =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.sluice.orchestrator..",
              "dev.sluice.analysis..",
              "dev.sluice.metrics..",
              "dev.sluice.crd..")
          .because("services talk by messages, and the router reads no Rollout");
}
