package dev.sluice.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressRuleTest {

  @ParameterizedTest
  @CsvSource({
    "http://prometheus:9090, 10.1.2.3",
    "http://prometheus:9090, 192.0.2.7",
    "http://127.0.0.1:9090, 127.0.0.1",
    "http://localhost:9090, ::1",
    "http://prometheus:9090=http://127.0.0.1:29090, 127.0.0.1",
  })
  void aProvidersAddressIsUsed(String entry, String found) throws Exception {
    assertThat(objection(entry, found)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "http://prometheus:9090, 127.0.0.1",
    "http://prometheus:9090, ::1",
    "http://prometheus:9090, 169.254.169.254",
    "http://127.0.0.1:9090, 169.254.169.254",
    "http://prometheus:9090, 0.0.0.0",
    "http://prometheus:9090, 224.0.0.1",
  })
  void aNameThatStandsForThisMachineOrForNobodyIsNotAsked(String entry, String found)
      throws Exception {
    assertThat(objection(entry, found)).isPresent();
  }

  private static Optional<String> objection(String entry, String found)
      throws UnknownHostException {
    Endpoint endpoint = EndpointList.of(List.of(entry)).endpoints().getFirst();
    return AddressRule.objection(endpoint, InetAddress.getByName(found));
  }
}
