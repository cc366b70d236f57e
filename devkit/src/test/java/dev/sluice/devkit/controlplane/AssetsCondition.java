package dev.sluice.devkit.controlplane;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips tests that need a real control plane where there is none, and says so aloud. */
public final class AssetsCondition implements ExecutionCondition {
  private static final String MISSING =
      "NOT TESTED on a real Kubernetes control plane: set "
          + Assets.VARIABLE
          + " to a folder with etcd, kube-apiserver and kube-controller-manager";
  private static final AtomicBoolean SAID = new AtomicBoolean();

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return result();
  }

  /** The answer for an extension that needs the programs in some cases only. */
  public static ConditionEvaluationResult result() {
    if (Assets.find().isPresent()) {
      return ConditionEvaluationResult.enabled("the programs are there");
    }
    if (SAID.compareAndSet(false, true)) {
      System.err.println(MISSING);
    }
    return ConditionEvaluationResult.disabled(MISSING);
  }
}
