package dev.sluice.devkit.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.devkit.command.Command.Reach;
import dev.sluice.devkit.command.Command.Target;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineTest {

  @Test
  void readsNamespaceAndKubeconfigOnEitherSideOfTheName() {
    var expected = parse("promote checkout -n production --kubeconfig k --full");

    assertThat(expected.name()).isEqualTo("checkout");
    assertThat(expected.namespace()).isEqualTo("production");
    assertThat(expected.kubeconfig()).isEqualTo("k");
    assertThat(parse("promote --full --namespace=production --kubeconfig k checkout"))
        .isEqualTo(expected);
  }

  @Test
  void readsEveryVerb() {
    assertThat(command("promote a")).isEqualTo(new Command.Promote(Reach.NEXT));
    assertThat(command("promote a --full")).isEqualTo(new Command.Promote(Reach.FULL));
    assertThat(command("promote a -c")).isEqualTo(new Command.Promote(Reach.SKIP_STEP));
    assertThat(command("promote a --skip-all-steps"))
        .isEqualTo(new Command.Promote(Reach.SKIP_ALL_STEPS));
    assertThat(command("abort a")).isEqualTo(new Command.Abort());
    assertThat(command("retry a")).isEqualTo(new Command.Retry(Target.ROLLOUT));
    assertThat(command("retry rollout a")).isEqualTo(new Command.Retry(Target.ROLLOUT));
    assertThat(command("retry experiment a")).isEqualTo(new Command.Retry(Target.EXPERIMENT));
    assertThat(command("pause a")).isEqualTo(new Command.Pause());
    assertThat(command("restart a")).isEqualTo(new Command.Restart());
    assertThat(command("undo a")).isEqualTo(new Command.Undo(0));
    assertThat(command("undo a --to-revision=3")).isEqualTo(new Command.Undo(3));
    assertThat(command("undo a --to-revision 3")).isEqualTo(new Command.Undo(3));
    assertThat(command("set image a main=shop:v2"))
        .isEqualTo(new Command.SetImage("main", "shop:v2"));
    assertThat(command("terminate analysisrun a"))
        .isEqualTo(new Command.Terminate(Target.ANALYSIS_RUN));
    assertThat(command("terminate experiment a"))
        .isEqualTo(new Command.Terminate(Target.EXPERIMENT));
  }

  @Test
  void theNameStandsBehindTheKind() {
    assertThat(parse("retry rollout a").name()).isEqualTo("a");
    assertThat(parse("retry a").name()).isEqualTo("a");
    assertThat(parse("set image a main=shop:v2").name()).isEqualTo("a");
    assertThat(parse("terminate analysisrun a-1").name()).isEqualTo("a-1");
  }

  @Test
  void saysHowACommandIsWritten() {
    assertThatThrownBy(() -> parse("abort")).hasMessageStartingWith("usage: sluice abort NAME [-n");
    assertThatThrownBy(() -> parse("abort a b")).hasMessageStartingWith("usage");
    assertThatThrownBy(() -> parse("abort a --full")).hasMessageStartingWith("usage");
    assertThatThrownBy(() -> parse("abort a --to-revision=1")).hasMessageStartingWith("usage");
    assertThatThrownBy(() -> parse("abort --fast")).hasMessageStartingWith("usage");
    assertThatThrownBy(() -> parse("set image a main")).hasMessageStartingWith("usage");
    assertThatThrownBy(() -> parse("terminate rollout a")).hasMessageStartingWith("usage");
    assertThatThrownBy(() -> parse("abort a -n")).hasMessage("-n needs a value");
  }

  private static Command command(String line) {
    return parse(line).command();
  }

  private static Line parse(String line) {
    return Line.parse(List.of(line.split(" ")));
  }
}
