package dev.sluice.system.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What docker compose itself says of the file; it needs no engine for that. */
class ComposeConfigIT {

  private static final int LIMIT_SECONDS = 120;
  private static final String PASSWORD = "SLUICE_POSTGRES_PASSWORD";
  private static final String WEBHOOK = "SLUICE_WEBHOOK_SECRET";

  @BeforeAll
  static void thereIsDockerCompose() throws Exception {
    boolean found = false;
    try {
      found = compose(Map.of(), "version").code() == 0;
    } catch (IOException noDocker) {
      // Said below.
    }
    if (!found) {
      System.err.println("SKIPPED: docker-compose.yml is not checked, there is no docker compose");
    }
    assumeTrue(found, "skipped: no docker compose on the PATH of this machine");
  }

  @Test
  void acceptsTheFile() throws Exception {
    var answer = compose(Map.of(PASSWORD, "a", WEBHOOK, "b"), "config", "--quiet");

    assertThat(answer).isEqualTo(new Answer(0, ""));
  }

  @Test
  void namesTheSecretThatIsMissingAndWhereToSetIt() throws Exception {
    var password = compose(Map.of(WEBHOOK, "b"), "config", "--quiet");
    var webhook = compose(Map.of(PASSWORD, "a"), "config", "--quiet");

    assertThat(password.code()).isNotZero();
    assertThat(password.text()).contains(PASSWORD, ".env.example");
    assertThat(webhook.code()).isNotZero();
    assertThat(webhook.text()).contains(WEBHOOK, ".env.example");
  }

  @Test
  void publishesWhereTheUserWantsIt() throws Exception {
    var secrets = Map.of(PASSWORD, "a", WEBHOOK, "b", "SLUICE_PORT", "18080");

    assertThat(compose(secrets, "config").text()).contains("published: \"18080\"");
  }

  private record Answer(int code, String text) {}

  /** With these variables and no others of ours, whatever .env the developer has. */
  private static Answer compose(Map<String, String> variables, String... arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("docker", "compose", "--env-file", "/dev/null"));
    command.addAll(List.of(arguments));
    var builder =
        new ProcessBuilder(command)
            .directory(ComposeFile.REPOSITORY.toFile())
            .redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("SLUICE_"));
    builder.environment().putAll(variables);
    var process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    return new Answer(process.exitValue(), text);
  }
}
