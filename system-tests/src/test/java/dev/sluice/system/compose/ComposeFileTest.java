package dev.sluice.system.compose;

import static dev.sluice.system.compose.ComposeFile.SERVICES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.topics.CreateTopics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ComposeFileTest {

  private static final Pattern OUR_IMAGE =
      Pattern.compile("sluice/([a-z-]+):\\$\\{SLUICE_VERSION:-(.+)}");
  private static final Pattern PINNED = Pattern.compile("[a-z0-9./-]+:v?\\d+\\.\\d+.*");
  private static final Pattern SECRET = Pattern.compile(".*(PASSWORD|SECRET|TOKEN|CREDENTIAL).*");
  private static final Pattern REQUIRED = Pattern.compile("\\$\\{([A-Z_]+):\\?(.+)}");

  /** Read by clients themselves, and the one property that stands in no file. */
  private static final Set<String> NOT_OURS =
      Set.of("KAFKA_BOOTSTRAP_SERVERS", "KUBECONFIG", "QUARKUS_DATASOURCE_PASSWORD");

  private final ComposeFile file = ComposeFile.read();

  @Test
  void eachOfOurServicesIsAskedWhetherItIsReady() {
    assertThat(SERVICES)
        .allSatisfy(name ->
            assertThat(file.service(name).healthCheck())
                .contains("/q/health/ready")
                .contains("127.0.0.1/8080"));
  }

  @Test
  void whateverStaysUpHasAHealthCheck() {
    assertThat(file.programs()).containsExactlyInAnyOrder("topics", "cluster-setup");
    assertThat(file.all())
        .filteredOn(service -> !file.programs().contains(service.name()))
        .allSatisfy(service -> assertThat(service.healthCheck()).as(service.name()).isNotEmpty());
  }

  @Test
  void whoNeedsAnotherWaitsUntilItIsOfUse() {
    var conditions = Set.of("service_healthy", "service_completed_successfully");
    assertThat(file.all())
        .allSatisfy(service -> {
          assertThat(service.dependencies().values()).as(service.name()).isSubsetOf(conditions);
          assertThat(service.dependencies().keySet())
              .allSatisfy(name -> assertThat(file.service(name)).as(name).isNotNull());
        });
    assertThat(SERVICES)
        .allSatisfy(name -> {
          var service = file.service(name);
          assertThat(service.dependencies().containsKey("topics"))
              .as(name + " speaks Kafka, and waits for its topics")
              .isEqualTo(service.environment().containsKey("KAFKA_BOOTSTRAP_SERVERS"));
          assertThat(service.dependencies().containsKey("cluster-setup"))
              .as(name + " speaks to the cluster, and waits for its kinds")
              .isEqualTo(service.environment().containsKey("KUBECONFIG"));
        });
  }

  @Test
  void imagesArePinnedAndOursAreOfThisVersion() {
    String version = pom("</artifactId>\\s*<version>([^<]+)</version>");
    assertThat(file.all())
        .allSatisfy(service -> {
          Matcher ours = OUR_IMAGE.matcher(service.image());
          if (ours.matches()) {
            assertThat(ours.group(1)).isEqualTo(service.name());
            assertThat(ours.group(2)).isEqualTo(version);
          } else {
            assertThat(service.image()).matches(PINNED).doesNotContain("latest");
          }
        });
    assertThat(file.service("kafka").image()).endsWith(":" + pom("<kafka.broker.version>([^<]+)<"));
    assertThat(pom("<image.base>([^<]+)<")).matches(PINNED);
  }

  @Test
  void aSecretComesFromOutsideOrNothingStarts() {
    String example = ComposeFile.text(".env.example");
    assertThat(ComposeFile.text(".gitignore").lines()).contains("/.env");
    assertThat(file.all())
        .allSatisfy(service ->
            service
                .environment()
                .forEach((name, value) -> {
                  if (SECRET.matcher(name).matches()) {
                    assertThat(value).as(service.name() + " " + name).matches(REQUIRED);
                    assertThat(example).containsPattern("(?m)^" + variable(value) + "=$");
                  }
                }));
    assertThat(file.service("postgres").environment().get("POSTGRES_PASSWORD"))
        .isEqualTo(
            file.service("rollout-orchestrator").environment().get("QUARKUS_DATASOURCE_PASSWORD"));
  }

  @Test
  void everySettingIsOneThatItsServiceReads() {
    Map.of(
            "rollout-orchestrator", "dev.sluice.orchestrator",
            "analysis-worker", "dev.sluice.analysis",
            "traffic-router", "dev.sluice.traffic",
            "metrics-gateway", "dev.sluice.metrics")
        .forEach((name, javaPackage) -> {
          Predicate<String> known = SettingNames.of(name, javaPackage);
          assertThat(file.service(name).environment().keySet())
              .as(name)
              .isNotEmpty()
              .allMatch(variable -> NOT_OURS.contains(variable) || known.test(variable));
          assertThat(known.test("SLUICE_GATEWAY_URI")).as("a misspelt one").isFalse();
        });
    assertThat(file.service("topics").environment().keySet())
        .isSubsetOf(
            CreateTopics.BOOTSTRAP_SERVERS, CreateTopics.PARTITIONS, CreateTopics.REPLICATION);
  }

  @Test
  void thereCanBeAnyNumberOfWorkers() {
    var worker = file.service("analysis-worker");
    assertThat(worker.settings())
        .doesNotContainKeys("container_name", "hostname", "ports", "volumes", "deploy");
  }

  @Test
  void nothingIsPublishedBeyondThisMachine() {
    assertThat(file.all())
        .flatExtracting(ComposeFile.Service::ports)
        .isNotEmpty()
        .allSatisfy(port -> assertThat(port).startsWith("127.0.0.1:"));
  }

  @Test
  void whatIsMountedFromTheRepositoryIsThere() {
    List<Path> mounted =
        file.all().stream()
            .flatMap(service -> service.volumes().stream())
            .filter(volume -> volume.startsWith("./"))
            .map(volume -> ComposeFile.REPOSITORY.resolve(volume.split(":")[0]).normalize())
            .toList();
    assertThat(mounted).isNotEmpty().allSatisfy(path -> assertThat(path).exists());
  }

  @Test
  void theServicesMayReadTheClusterAddressAndNobodyElse() {
    assertThat(ComposeFile.text("deploy/compose/cluster-setup.sh"))
        .contains("chown " + pom("<image.user>([^<]+)<"), "chmod 400");
    assertThat(file.all())
        .filteredOn(service ->
            service.volumes().stream().anyMatch(volume -> volume.startsWith("kubeconfig:")))
        .extracting(ComposeFile.Service::name)
        .containsExactlyInAnyOrder(
            "k3s", "cluster-setup", "rollout-orchestrator", "traffic-router");
  }

  private static String variable(String value) {
    Matcher required = REQUIRED.matcher(value);
    return required.matches() ? required.group(1) : value;
  }

  private static String pom(String pattern) {
    Matcher found = Pattern.compile(pattern).matcher(ComposeFile.text("pom.xml"));
    assertThat(found.find()).as(pattern).isTrue();
    return found.group(1);
  }
}
