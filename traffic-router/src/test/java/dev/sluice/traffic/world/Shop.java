package dev.sluice.traffic.world;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.events.Fence;
import dev.sluice.events.TrafficApplied;
import dev.sluice.events.TrafficApplied.Outcome;
import dev.sluice.events.TrafficDesired;
import dev.sluice.traffic.CanaryIngress;
import dev.sluice.traffic.Splits;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.RecordMetadata;

/** A Rollout with its stable Ingress, and everything that was seen of its canary Ingress. */
public final class Shop implements AutoCloseable {

  public static final String WEIGHT = "nginx.ingress.kubernetes.io/canary-weight";
  public static final String ROLLOUT = "checkout-service";
  public static final String CANARY = "checkout-service-checkout-canary";

  private static final String OBJECTS =
      """
      apiVersion: argoproj.io/v1alpha1
      kind: Rollout
      metadata:
        name: checkout-service
      spec:
        selector: {matchLabels: {app: checkout}}
        template:
          metadata: {labels: {app: checkout}}
          spec: {containers: [{name: checkout, image: checkout:v1}]}
      ---
      apiVersion: networking.k8s.io/v1
      kind: Ingress
      metadata:
        name: checkout
        labels: {team: payments}
        annotations:
          kubernetes.io/ingress.class: nginx
          nginx.ingress.kubernetes.io/proxy-body-size: 8m
      spec:
        defaultBackend: {service: {name: sorry, port: {number: 80}}}
        tls: [{hosts: [shop.example], secretName: shop-tls}]
        rules:
          - host: shop.example
            http:
              paths:
                - path: /checkout
                  pathType: Prefix
                  backend: {service: {name: checkout-stable, port: {number: 8080}}}
                - path: /help
                  pathType: Exact
                  backend: {service: {name: help, port: {name: http}}}
          - host: other.example
            http:
              paths:
                - path: /
                  pathType: Prefix
                  backend: {service: {name: other, port: {number: 80}}}
      """;

  /** A version of the canary Ingress. */
  public record Seen(String weight, String fence) {}

  public final String uid;
  private final String namespace;
  private final Installation installation;
  private final List<Seen> history = new CopyOnWriteArrayList<>();
  private final Watch watch;

  Shop(Installation installation, String namespace) {
    this.installation = installation;
    this.namespace = namespace;
    installation
        .hands
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
    uid =
        installation.hands.load(new ByteArrayInputStream(OBJECTS.getBytes(UTF_8))).items().stream()
            .map(object -> installation.hands.resource(object).inNamespace(namespace).create())
            .toList()
            .getFirst()
            .getMetadata()
            .getUid();
    watch = canaryResource().watch(new History());
  }

  private final class History implements Watcher<Ingress> {
    @Override
    public void eventReceived(Action action, Ingress ingress) {
      Map<String, String> annotations = ingress.getMetadata().getAnnotations();
      history.add(new Seen(annotations.get(WEIGHT), annotations.get(CanaryIngress.FENCE)));
    }

    @Override
    public void onClose(WatcherException cause) {}
  }

  public String namespace() {
    return namespace;
  }

  /** A split of this Rollout. */
  public TrafficDesired split(long epoch, long seq, int weight) {
    return Splits.split(uid, namespace, ROLLOUT, new Fence(epoch, seq), weight);
  }

  /** Wants a split. */
  public RecordMetadata want(long epoch, long seq, int weight) {
    return installation.log.want(split(epoch, seq, weight));
  }

  /** Wants a split, and waits until it is reported as applied. */
  public Outcome.Applied apply(long epoch, long seq, int weight) {
    want(epoch, seq, weight);
    return awaitApplied(epoch, seq);
  }

  /** Waits until a split is reported as applied. */
  public Outcome.Applied awaitApplied(long epoch, long seq) {
    return await(Outcome.Applied.class, epoch, seq);
  }

  /** Waits for the first outcome of a kind that is reported about a split. */
  public <O extends Outcome> O await(Class<O> kind, long epoch, long seq) {
    return Installation.until(
            "%s of %d.%d".formatted(kind.getSimpleName(), epoch, seq),
            () -> outcomes(kind, epoch, seq),
            found -> !found.isEmpty())
        .getFirst();
  }

  /** All outcomes of a kind that were reported about a split. */
  public <O extends Outcome> List<O> outcomes(Class<O> kind, long epoch, long seq) {
    return reports().stream()
        .filter(report -> report.fence().equals(new Fence(epoch, seq)))
        .map(TrafficApplied::outcome)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  /** All that was reported. */
  public List<TrafficApplied> reports() {
    return installation.log.reports(uid);
  }

  /** The canary Ingress. */
  public Ingress canary() {
    return canaryResource().get();
  }

  public Resource<Ingress> canaryResource() {
    return ingress(CANARY);
  }

  /** An Ingress of the namespace. */
  public Resource<Ingress> ingress(String name) {
    return installation.hands.network().v1().ingresses().inNamespace(namespace).withName(name);
  }

  /** Waits until the canary Ingress is like this. */
  public Ingress awaitCanary(String what, Predicate<Ingress> condition) {
    return Installation.until(what, this::canary, i -> i != null && condition.test(i));
  }

  /** Waits until the canary Ingress has this weight. */
  public Ingress awaitWeight(int weight) {
    return awaitCanary("weight " + weight, ingress -> weight(ingress) == weight);
  }

  public static int weight(Ingress canary) {
    return Integer.parseInt(canary.getMetadata().getAnnotations().get(WEIGHT));
  }

  public static String fence(Ingress canary) {
    return canary.getMetadata().getAnnotations().get(CanaryIngress.FENCE);
  }

  /** Somebody else patches the canary Ingress. */
  public void patchCanary(String patch) {
    canaryResource().patch(PatchContext.of(PatchType.JSON_MERGE), patch);
  }

  /** Somebody else sets annotations of the canary Ingress, without asking which version it is. */
  public void annotateCanary(String annotations) {
    patchCanary("{\"metadata\":{\"annotations\":{%s}}}".formatted(annotations));
  }

  /** Somebody else puts another weight there. */
  public void changeWeight(int weight) {
    annotateCanary("\"%s\":\"%d\"".formatted(WEIGHT, weight));
  }

  /** Somebody else takes our fence away, and puts another weight there. */
  public void loseFence(int weight) {
    annotateCanary(
        "\"%s\":\"%d\",\"%s\":null,\"%s\":null"
            .formatted(WEIGHT, weight, CanaryIngress.FENCE, CanaryIngress.FENCE_OWNER));
  }

  /** Every version of the canary Ingress up to now, in order. */
  public List<Seen> history() {
    String fence = fence(canary());
    int weight = weight(canary());
    return Installation.until(
        "the watch has shown the newest version",
        () -> List.copyOf(history),
        seen -> seen.getLast().equals(new Seen(Integer.toString(weight), fence)));
  }

  @Override
  public void close() {
    watch.close();
  }
}
