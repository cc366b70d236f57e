package dev.sluice.devkit.kubernetes.contract;

import dev.sluice.devkit.controlplane.Assets;
import dev.sluice.devkit.controlplane.AssetsCondition;
import dev.sluice.devkit.controlplane.ControlPlane;
import dev.sluice.devkit.controlplane.Controller;
import dev.sluice.devkit.kubernetes.KubernetesApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives each contract test the API server of the chosen world. */
final class KubernetesWorld implements ParameterResolver, ExecutionCondition {
  /** JUnit's configuration parameter that chooses. */
  static final String PARAMETER = "sluice.contract.world";

  /** A real control plane; anything else, and nothing, is the devkit's server. */
  static final String REAL = "real";

  private static final String VARIABLE = "SLUICE_CONTRACT_KUBECONFIG";

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return isReal(context)
        ? AssetsCondition.result()
        : ConditionEvaluationResult.enabled("the devkit's server is always there");
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Api.class;
  }

  /** A fresh client and a namespace of the test's own, closed with the test. */
  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    boolean real = isReal(context);
    Path kubeconfig =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.GLOBAL)
            .computeIfAbsent(World.class, world -> World.chosen(real), World.class)
            .kubeconfig();
    return context
        .getStore(ExtensionContext.Namespace.create(KubernetesWorld.class, context.getUniqueId()))
        .computeIfAbsent(Api.class, api -> new Api(kubeconfig), Api.class);
  }

  private static boolean isReal(ExtensionContext context) {
    return context.getConfigurationParameter(PARAMETER).filter(REAL::equals).isPresent();
  }

  /** One server for all tests of a run. */
  private record World(Path kubeconfig, Runnable stop) implements AutoCloseable {
    static World chosen(boolean real) {
      if (real) {
        ControlPlane plane = controlPlane();
        return new World(plane.kubeconfig(), plane::close);
      }
      String given = System.getenv(VARIABLE);
      if (given != null) {
        return new World(Path.of(given), () -> {});
      }
      KubernetesApi api =
          KubernetesApi.start(
              KubernetesApi.Options.defaults().withBookmarkEvery(Duration.ofSeconds(1)));
      return new World(api.kubeconfig(), api::close);
    }

    /** The controllers do what our server does itself; the past is forgotten soon. */
    private static ControlPlane controlPlane() {
      try {
        return ControlPlane.start(
            Assets.find().orElseThrow(),
            Files.createDirectories(Path.of("target", "control-plane"))
                .resolve(Long.toString(ProcessHandle.current().pid())),
            ControlPlane.Options.defaults()
                .withControllers(Controller.NAMESPACE, Controller.GARBAGE_COLLECTOR)
                .withCompaction(Duration.ofSeconds(20)));
      } catch (IOException unwritable) {
        throw new UncheckedIOException(unwritable);
      }
    }

    @Override
    public void close() {
      stop.run();
    }
  }
}
