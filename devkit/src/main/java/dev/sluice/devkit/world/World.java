package dev.sluice.devkit.world;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import java.util.ArrayList;
import java.util.List;

/**
 * A whole installation on one machine. Every service and neighbour is reachable here, to be killed,
 * frozen and started again; nothing of it survives this process.
 */
public final class World implements AutoCloseable {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String WEBHOOK_SECRET = "a-secret-of-this-machine";

  private final Together together;
  private final Neighbours neighbours;
  private final Services services;
  private final Messages messages;

  private World(Together together, Neighbours neighbours, Services services, Messages messages) {
    this.together = together;
    this.neighbours = neighbours;
    this.services = services;
    this.messages = messages;
  }

  /** Starts everything, and waits until all services are ready. Users send requests already. */
  public static World start(WorldSettings settings) {
    var together = new Together();
    try {
      var neighbours = Neighbours.start(settings, together);
      var services = Services.start(serviceSettings(settings, neighbours), together);
      var messages = together.add(new Messages(neighbours.kafka().bootstrapServers()));
      return new World(together, neighbours, services, messages);
    } catch (RuntimeException e) {
      together.close();
      throw e;
    }
  }

  private static ServiceSettings serviceSettings(WorldSettings settings, Neighbours neighbours) {
    return new ServiceSettings(
        settings.repository(),
        settings.folder(),
        neighbours.kafka(),
        neighbours.postgres(),
        neighbours.kubernetes().kubeconfig(),
        List.of(),
        "",
        endpoints(settings, neighbours),
        "inconclusive",
        WEBHOOK_SECRET,
        settings.workers());
  }

  private static List<String> endpoints(WorldSettings settings, Neighbours neighbours) {
    List<String> endpoints = new ArrayList<>(settings.plugins());
    endpoints.add(settings.provider() + "=" + neighbours.prometheus().url());
    return endpoints;
  }

  /** Broker, database, cluster, provider, application, users. */
  public Neighbours neighbours() {
    return neighbours;
  }

  /** The four services. */
  public Services services() {
    return services;
  }

  /** What the services say to each other. */
  public Messages messages() {
    return messages;
  }

  /** A registry that knows the first orchestrator's webhook. */
  public Registry registry() {
    return new Registry(services.first(ServiceKind.ORCHESTRATOR).url(), WEBHOOK_SECRET);
  }

  /** Creates objects in their order; one that exists is replaced. */
  public void apply(List<ObjectNode> objects) {
    for (ObjectNode object : objects) {
      try {
        var resource = MAPPER.treeToValue(object, GenericKubernetesResource.class);
        neighbours.client().resource(resource).createOr(NonDeletingOperation::update);
      } catch (JsonProcessingException e) {
        throw new IllegalArgumentException("not a Kubernetes object: " + object, e);
      }
    }
  }

  /** Ends everything at once. */
  @Override
  public void close() {
    together.close();
  }
}
