package dev.sluice.traffic;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What we look at in an Ingress.
 *
 * @param name of the object
 * @param resourceVersion that was read
 * @param controller the owner that controls it
 * @param annotations all of them
 * @param spec the part that a canary Ingress shares with its stable one
 */
public record IngressView(
    String name,
    String resourceVersion,
    Optional<Controller> controller,
    Map<String, String> annotations,
    Spec spec) {

  /** Copies the map. */
  public IngressView {
    annotations = Map.copyOf(annotations);
  }

  /** The owner reference that says {@code controller: true}. */
  public record Controller(String kind, String name, String uid) {}

  /**
   * What of the specification is copied to a canary Ingress.
   *
   * @param className empty if it has none
   */
  public record Spec(Optional<String> className, List<Tls> tls, List<Rule> rules) {

    /** Copies the lists. */
    public Spec {
      tls = List.copyOf(tls);
      rules = List.copyOf(rules);
    }
  }

  /**
   * Certificates.
   *
   * @param secretName empty if there is none
   */
  public record Tls(List<String> hosts, Optional<String> secretName) {

    /** Copies the list. */
    public Tls {
      hosts = List.copyOf(hosts);
    }
  }

  /**
   * A host's paths.
   *
   * @param host empty for all hosts
   */
  public record Rule(Optional<String> host, List<Path> paths) {

    /** Copies the list. */
    public Rule {
      paths = List.copyOf(paths);
    }
  }

  /**
   * Where requests of a path go.
   *
   * @param path empty for all
   * @param pathType for instance {@code Prefix}
   */
  public record Path(Optional<String> path, String pathType, Backend backend) {}

  /** Who answers. */
  public sealed interface Backend {

    /**
     * A Service.
     *
     * @param port its number or name, as written
     */
    record Service(String name, Port port) implements Backend {}

    /** Another object of the namespace; never ours, but copied with its rule. */
    record Resource(Optional<String> apiGroup, String kind, String name) implements Backend {}
  }

  /** A Service's port. */
  public sealed interface Port {
    /** By its number. */
    record Number(int number) implements Port {}

    /** By its name. */
    record Name(String name) implements Port {}

    /** None is written. */
    record None() implements Port {}
  }
}
