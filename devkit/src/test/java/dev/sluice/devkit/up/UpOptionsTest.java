package dev.sluice.devkit.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpOptionsTest {

  @TempDir Path folder;
  private Path kubeconfig;

  @BeforeEach
  void aKubeconfigIsInTheUsualPlace() throws IOException {
    kubeconfig = Files.writeString(folder.resolve("config"), "");
  }

  @Test
  void whatIsNotSaidIsCareful() {
    UpOptions options = parse("--namespace shop");
    assertThat(options.namespaces()).containsExactly("shop");
    assertThat(options.noData()).isEqualTo("inconclusive");
    assertThat(options.instanceId()).isEmpty();
    assertThat(options.workers()).isEqualTo(1);
    assertThat(options.data()).isEmpty();
    assertThat(options.installCrds() || options.takeOver() || options.dryRun()).isFalse();
  }

  @Test
  void everythingCanBeSaidWithAndWithoutAnEqualsSign() {
    assertThat(
            parse(
                "--namespace=a -n b --install-crds --allow-endpoint http://p:9090=http://127.0.0.1:1"
                    + " --allow-endpoint=http://q:9090 --no-data error --instance-id=two --workers 3"
                    + " --data d --take-over --dry-run"))
        .isEqualTo(
            new UpOptions(
                kubeconfig,
                List.of("a", "b"),
                true,
                List.of("http://p:9090=http://127.0.0.1:1", "http://q:9090"),
                "error",
                "two",
                3,
                java.util.Optional.of(Path.of("d")),
                true,
                true));
  }

  @ParameterizedTest
  @CsvSource({
    "'', say where",
    "--namespace a --all-namespaces, say where",
    "--all-namespaces --verbose, unknown option --verbose",
    "--namespace, --namespace needs a value",
    "--namespace A_b, '--namespace is the name of a namespace, not ''A_b'''",
    "-A --allow-endpoint prometheus:9090, '--allow-endpoint is URL, or URL=URL'",
    "-A --no-data ignore, '--no-data is error or inconclusive'",
    "-A --workers 0, --workers is a number",
    "-A --kubeconfig nowhere, there is no kubeconfig"
  })
  void aWrongLineSaysWhatIsWrong(String line, String says) {
    assertThatThrownBy(() -> parse(line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(says);
  }

  private UpOptions parse(String line) {
    return UpOptions.parse(line.isEmpty() ? List.of() : List.of(line.split(" ")), kubeconfig);
  }
}
