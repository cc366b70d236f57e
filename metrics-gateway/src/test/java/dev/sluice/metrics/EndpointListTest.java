package dev.sluice.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.metrics.EndpointList.Resolution;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointListTest {

  private final EndpointList list =
      EndpointList.of(
          List.of(
              "http://Prometheus.monitoring:9090=http://127.0.0.1:29090",
              "https://metrics.example.com/tenant/",
              "https://metrics.example.com/tenant/a=http://10.0.0.5:9090/prom"));

  @ParameterizedTest
  @CsvSource({
    "http://prometheus.monitoring:9090, http://127.0.0.1:29090",
    "HTTP://PROMETHEUS.monitoring:9090/, http://127.0.0.1:29090",
    "http://prometheus.monitoring:9090/x/../y, http://127.0.0.1:29090/y",
    "https://metrics.example.com:443/tenant, https://metrics.example.com:443/tenant",
    "https://metrics.example.com/tenant/b, https://metrics.example.com:443/tenant/b",
    "https://metrics.example.com/tenant/a/x, http://10.0.0.5:9090/prom/x",
  })
  void aListedAddressIsAskedWhereItReallyIs(String address, String target) {
    assertThat(list.resolve(address))
        .isInstanceOfSatisfying(
            Resolution.Allowed.class, allowed -> assertThat(allowed.target()).hasToString(target));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://prometheus.monitoring:9090",
        "http://prometheus.monitoring",
        "http://prometheus.monitoring.evil.example:9090",
        "http://127.0.0.1:29090",
        "https://metrics.example.com",
        "https://metrics.example.com/tenantb",
        "https://metrics.example.com/tenant/../admin",
      })
  void whatIsNotListedIsRefusedWithTheSettingToAdd(String address) {
    assertThat(list.resolve(address))
        .isInstanceOfSatisfying(
            Resolution.Refused.class,
            refused ->
                assertThat(refused.message())
                    .contains("is not an allowed endpoint: add --allow-endpoint http"));
  }

  @ParameterizedTest
  @CsvSource({
    "prometheus:9090, no scheme and host",
    "'', no scheme and host",
    "ftp://prometheus.monitoring:9090, neither http nor https",
    "http://me:hunter2@prometheus.monitoring:9090, credentials",
    "http://prometheus.monitoring:9090?x=1, query",
    "https://metrics.example.com/tenant/%2e%2e/admin, two ways",
    "https://metrics.example.com/../tenant, two ways",
    "http://prometheus .monitoring:9090, is no address",
  })
  void whatIsNoPlainAddressIsRefusedWithTheReason(String address, String why) {
    assertThat(list.resolve(address))
        .isInstanceOfSatisfying(
            Resolution.Refused.class,
            refused -> assertThat(refused.message()).contains(why).doesNotContain("hunter2"));
  }

  @Test
  void anEmptyListAllowsNothing() {
    assertThat(EndpointList.of(List.of()).resolve("http://prometheus:9090"))
        .isEqualTo(
            new Resolution.Refused(
                "http://prometheus:9090 is not an allowed endpoint: add --allow-endpoint"
                    + " http://prometheus:9090 (sluice.allow-endpoint)"));
  }

  @Test
  void aWrongEntryIsNamedAndItsCredentialsAreNot() {
    assertThatThrownBy(() -> EndpointList.of(List.of("http://ok:1", "prometheus")))
        .hasMessage(
            "sluice.allow-endpoint: 'prometheus' has no scheme and host, as in"
                + " http://prometheus:9090");
    assertThatThrownBy(() -> EndpointList.of(List.of("http://me:hunter2@prometheus:9090")))
        .hasMessageContaining("credentials")
        .message()
        .doesNotContain("hunter2");
  }
}
