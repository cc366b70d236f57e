package dev.sluice.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class PodTemplateDefaultsTest {

  private static final String WRITTEN =
      """
      metadata: {labels: {app: shop}}
      spec:
        containers:
        - name: main
          image: registry.example/shop:v1
          ports: [{containerPort: 8080}]
          resources: {limits: {cpu: 1000m}}
          env: [{name: POD, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]
          readinessProbe: {httpGet: {port: 8080}}
        volumes: [{name: c, configMap: {name: c}}]
      """;

  private static final String STORED =
      """
      metadata: {labels: {app: shop, rollouts-pod-template-hash: 6589c5c9db}}
      spec:
        restartPolicy: Always
        terminationGracePeriodSeconds: 30
        dnsPolicy: ClusterFirst
        schedulerName: default-scheduler
        securityContext: {}
        containers:
        - name: main
          image: registry.example/shop:v1
          imagePullPolicy: IfNotPresent
          ports: [{containerPort: 8080, protocol: TCP}]
          resources: {limits: {cpu: "1"}, requests: {cpu: "1"}}
          env: [{name: POD, valueFrom: {fieldRef: {apiVersion: v1, fieldPath: metadata.name}}}]
          readinessProbe:
            httpGet: {path: /, port: 8080, scheme: HTTP}
            timeoutSeconds: 1
            periodSeconds: 10
            successThreshold: 1
            failureThreshold: 3
          terminationMessagePath: /dev/termination-log
          terminationMessagePolicy: File
        volumes: [{name: c, configMap: {name: c, defaultMode: 420}}]
      """;

  @Test
  void aTemplateIsTheSameAfterTheApiServerHasCompletedIt() throws IOException {
    assertThat(PodTemplateHash.of(template(WRITTEN), null))
        .isNotEqualTo(PodTemplateHash.of(template(STORED), null));
    assertThat(PodTemplateDefaults.sameTemplate(template(WRITTEN), template(STORED))).isTrue();
  }

  @Test
  void everyMemberThatIsNotADefaultCounts() throws IOException {
    for (String change :
        new String[] {
          "app: shop->app: shop2",
          "shop:v1->shop:v2",
          "terminationGracePeriodSeconds: 30->terminationGracePeriodSeconds: 31",
          "imagePullPolicy: IfNotPresent->imagePullPolicy: Always",
          "periodSeconds: 10->periodSeconds: 9",
          "requests: {cpu: \"1\"}->requests: {cpu: \"2\"}",
          "defaultMode: 420->defaultMode: 256"
        }) {
      String[] both = change.split("->");
      assertThat(STORED).contains(both[0]);
      ObjectNode other = template(STORED.replace(both[0], both[1]));
      assertThat(PodTemplateDefaults.sameTemplate(template(WRITTEN), other)).as(change).isFalse();
    }
  }

  @Test
  void whatIsComparedStaysAsItIs() throws IOException {
    ObjectNode stored = template(STORED);
    PodTemplateDefaults.sameTemplate(stored, stored);

    assertThat(stored).isEqualTo(template(STORED));
  }

  private static ObjectNode template(String yaml) throws IOException {
    return (ObjectNode) new YAMLMapper().readTree(yaml);
  }
}
