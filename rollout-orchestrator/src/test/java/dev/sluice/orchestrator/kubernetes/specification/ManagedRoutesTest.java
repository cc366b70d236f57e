package dev.sluice.orchestrator.kubernetes.specification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.sluice.crd.CanaryStep;
import dev.sluice.crd.Struct;
import dev.sluice.crd.TrafficRouting;
import dev.sluice.events.ManagedRoute;
import dev.sluice.events.ManagedRoute.TextMatch;
import dev.sluice.orchestrator.Step;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** No router of this version lets these steps in; what is behind the door reads them. */
class ManagedRoutesTest {

  @Test
  void aHeaderRouteIsReadWithItsHeaders() throws Exception {
    assertThat(
            step(
                """
                setHeaderRoute:
                  name: testers
                  match:
                  - {headerName: X-Tester, headerValue: {exact: "yes"}}
                  - {headerName: Agent, headerValue: {prefix: Fire}}
                  - {headerName: Version, headerValue: {regex: "[0-9]+"}}
                """))
        .isEqualTo(
            new Step.SetRoute(
                new ManagedRoute.Header(
                    "testers",
                    List.of(
                        new ManagedRoute.HeaderMatch("X-Tester", new TextMatch.Exact("yes")),
                        new ManagedRoute.HeaderMatch("Agent", new TextMatch.Prefix("Fire")),
                        new ManagedRoute.HeaderMatch("Version", new TextMatch.Regex("[0-9]+"))))));
  }

  @Test
  void aMirrorRouteIsReadWithItsRequests() throws Exception {
    assertThat(
            step(
                """
                setMirrorRoute:
                  name: shadow
                  percentage: 35
                  match:
                  - {method: {exact: GET}, path: {prefix: /cart}}
                  - {headers: {X-Shadow: {exact: "1"}}}
                """))
        .isEqualTo(
            new Step.SetRoute(
                new ManagedRoute.Mirror(
                    "shadow",
                    List.of(
                        new ManagedRoute.RequestMatch(
                            new TextMatch.Exact("GET"), new TextMatch.Prefix("/cart"), Map.of()),
                        new ManagedRoute.RequestMatch(
                            null, null, Map.of("X-Shadow", new TextMatch.Exact("1")))),
                    35)));
  }

  @Test
  void oneWithoutMatchEndsTheRoute() throws Exception {
    assertThat(step("setHeaderRoute: {name: testers}"))
        .isEqualTo(new Step.SetRoute(new ManagedRoute.Header("testers", List.of())));
    assertThat(step("setMirrorRoute: {name: shadow}"))
        .isEqualTo(new Step.SetRoute(new ManagedRoute.Mirror("shadow", List.of(), null)));
  }

  @Test
  void theListOfManagedRoutesIsTheirOrder() throws Exception {
    assertThat(
            ManagedRoutes.names(
                read("{managedRoutes: [{name: b}, {name: a}]}", TrafficRouting.class)))
        .containsExactly("b", "a");
  }

  private static Step step(String yaml) throws Exception {
    return new StepReader(null, null, null).read(List.of(read(yaml, CanaryStep.class))).getFirst();
  }

  private static <T extends Struct> T read(String yaml, Class<T> type) throws IOException {
    return Struct.read(new YAMLMapper().readTree(yaml), type);
  }
}
