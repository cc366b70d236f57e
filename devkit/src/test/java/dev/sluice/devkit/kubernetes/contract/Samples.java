package dev.sluice.devkit.kubernetes.contract;

/** Objects that several tests make, as YAML in block form, so that fields can be added. */
final class Samples {
  private Samples() {}

  static String replicaSet(String name, int replicas) {
    return """
    metadata: {name: %s}
    spec:
      replicas: %d
      selector: {matchLabels: {app: a}}
      template:
        metadata: {labels: {app: a}}
        spec: {containers: [{name: main, image: 'registry.test/app:1'}]}
    """
        .formatted(name, replicas);
  }

  /** A pod with its own name as its label. */
  static String pod(String name) {
    return """
    metadata: {name: %1$s, labels: {app: %1$s}}
    spec: {containers: [{name: main, image: 'registry.test/app:1'}]}
    """
        .formatted(name);
  }

  static String ingress(String name) {
    return """
    metadata: {name: %s}
    spec:
      ingressClassName: nginx
      rules:
        - host: a.test
          http:
            paths:
              - {path: /, pathType: Prefix, backend: {service: {name: s, port: {number: 80}}}}
    """
        .formatted(name);
  }

  static String ownedConfigMap(String name, Answer... owners) {
    StringBuilder yaml = new StringBuilder("metadata:\n  name: " + name + "\n  ownerReferences:\n");
    for (Answer owner : owners) {
      yaml.append(
          "    - {apiVersion: v1, kind: ConfigMap, name: %s, uid: %s}\n"
              .formatted(owner.text("/metadata/name"), owner.text("/metadata/uid")));
    }
    return yaml.toString();
  }
}
