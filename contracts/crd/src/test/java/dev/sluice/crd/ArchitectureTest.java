package dev.sluice.crd;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.sluice.crd", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule theModelStandsOnJacksonAndTheClientsApiOnly =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.sluice.crd..",
              "java..",
              "com.fasterxml.jackson..",
              "io.fabric8.kubernetes.api..",
              "io.fabric8.kubernetes.client",
              "io.fabric8.kubernetes.model..")
          .because("every service reads manifests, and none should get more than that with them");
}
