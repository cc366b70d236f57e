package dev.sluice.devkit.up;

import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributes;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;

/** What the services do in a cluster, and whether the kubeconfig's user may. */
final class Rights {

  private static final String ARGO = "argoproj.io";
  private static final List<String> READ = List.of("get", "list", "watch");

  /** Everything that the orchestrator and the router ask of an API server. */
  static final List<Right> NEEDED =
      List.of(
          new Right(ARGO, "rollouts", with("patch"), true),
          new Right(ARGO, "rollouts/status", List.of("patch"), true),
          new Right(ARGO, "analysisruns", with("create", "patch", "delete"), true),
          new Right(ARGO, "experiments", with("create", "patch", "delete"), true),
          new Right(ARGO, "analysistemplates", READ, true),
          new Right(ARGO, "clusteranalysistemplates", READ, false),
          new Right("apps", "replicasets", with("create", "patch", "delete"), true),
          new Right("apps", "deployments", with("patch"), true),
          new Right("", "podtemplates", READ, true),
          new Right("", "services", with("patch"), true),
          new Right("", "pods", List.of("get", "list", "patch"), true),
          new Right("", "pods/eviction", List.of("create"), true),
          new Right("", "events", List.of("create"), true),
          new Right("networking.k8s.io", "ingresses", with("create", "patch"), true));

  private Rights() {}

  /**
   * Verbs on one resource.
   *
   * @param group empty for the core
   * @param resource with its subresource behind a slash
   * @param namespaced whether it is asked for in each namespace
   */
  record Right(String group, String resource, List<String> verbs, boolean namespaced) {}

  /**
   * What is missing, a line each; empty if nothing is.
   *
   * @param namespaces empty: all
   */
  static List<String> missing(KubernetesClient client, List<String> namespaces) {
    var missing = new ArrayList<String>();
    for (Right right : NEEDED) {
      List<String> scopes = right.namespaced() && !namespaces.isEmpty() ? namespaces : List.of("");
      for (String scope : scopes) {
        List<String> refused =
            right.verbs().stream().filter(verb -> !isAllowed(client, right, verb, scope)).toList();
        if (!refused.isEmpty()) {
          missing.add(
              "%s %s%s %s"
                  .formatted(
                      String.join(", ", refused),
                      right.resource(),
                      right.group().isEmpty() ? "" : "." + right.group(),
                      scope.isEmpty() ? "in all namespaces" : "in namespace " + scope));
        }
      }
    }
    return missing;
  }

  private static boolean isAllowed(
      KubernetesClient client, Right right, String verb, String namespace) {
    String[] resource = right.resource().split("/", 2);
    var attributes = new ResourceAttributes();
    attributes.setGroup(right.group());
    attributes.setResource(resource[0]);
    attributes.setSubresource(resource.length > 1 ? resource[1] : null);
    attributes.setVerb(verb);
    attributes.setNamespace(namespace.isEmpty() ? null : namespace);
    SelfSubjectAccessReview answer =
        client
            .authorization()
            .v1()
            .selfSubjectAccessReview()
            .create(
                new SelfSubjectAccessReviewBuilder()
                    .withNewSpec()
                    .withResourceAttributes(attributes)
                    .endSpec()
                    .build());
    return answer.getStatus() != null && Boolean.TRUE.equals(answer.getStatus().getAllowed());
  }

  private static List<String> with(String... verbs) {
    var all = new ArrayList<>(READ);
    all.addAll(List.of(verbs));
    return List.copyOf(all);
  }
}
