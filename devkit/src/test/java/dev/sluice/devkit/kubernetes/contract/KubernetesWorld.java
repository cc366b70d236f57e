package dev.sluice.devkit.kubernetes.contract;

import dev.sluice.devkit.kubernetes.KubernetesApi;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives each contract test the API server of the chosen world. */
final class KubernetesWorld implements ParameterResolver {
  private static final String VARIABLE = "SLUICE_CONTRACT_KUBECONFIG";

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Api.class;
  }

  /** A fresh client and a namespace of the test's own, closed with the test. */
  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Path kubeconfig =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.GLOBAL)
            .computeIfAbsent(World.class, world -> World.chosen(), World.class)
            .kubeconfig();
    return context
        .getStore(ExtensionContext.Namespace.create(KubernetesWorld.class, context.getUniqueId()))
        .computeIfAbsent(Api.class, api -> new Api(kubeconfig), Api.class);
  }

  /** One server for all tests of a run. */
  private record World(Path kubeconfig, Runnable stop) implements AutoCloseable {
    static World chosen() {
      String given = System.getenv(VARIABLE);
      if (given != null) {
        return new World(Path.of(given), () -> {});
      }
      KubernetesApi api =
          KubernetesApi.start(
              KubernetesApi.Options.defaults().withBookmarkEvery(Duration.ofSeconds(1)));
      return new World(api.kubeconfig(), api::close);
    }

    @Override
    public void close() {
      stop.run();
    }
  }
}
