package dev.sluice.crd;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** Where weights are written; several routers may be set at once. */
public final class TrafficRouting extends Struct {

  public Istio istio;
  public Nginx nginx;
  public Alb alb;
  public Smi smi;
  public Ambassador ambassador;
  public AppMesh appMesh;
  public Traefik traefik;

  /** Routes of header and mirror steps; the first has precedence. */
  public List<ManagedRoute> managedRoutes;

  public Apisix apisix;

  /** By name of the plugin, its own configuration. */
  public Map<String, JsonNode> plugins;

  /** What setWeight counts up to; 100 if null; nginx and plugins only. */
  public Integer maxTrafficWeight;

  /** A route that steps may add and remove. */
  public static final class ManagedRoute extends Struct {
    @Wire(required = true)
    public String name;
  }

  /** VirtualServices, and subsets of a DestinationRule. */
  public static final class Istio extends Struct {

    /** This one or the list. */
    public VirtualService virtualService;

    public DestinationRule destinationRule;
    public List<VirtualService> virtualServices;

    /** Named routes of one VirtualService; none named: its only one. */
    public static final class VirtualService extends Struct {

      /** May be {@code name.namespace}. */
      @Wire(required = true)
      public String name;

      public List<String> routes;
      public List<TlsRoute> tlsRoutes;
      public List<TcpRoute> tcpRoutes;
    }

    /** A TLS route by port, host names or both. */
    public static final class TlsRoute extends Struct {
      public Long port;
      public List<String> sniHosts;
    }

    /** A TCP route by port. */
    public static final class TcpRoute extends Struct {
      public Long port;
    }

    /** The subsets whose labels are switched. */
    public static final class DestinationRule extends Struct {
      @Wire(required = true)
      public String name;

      @Wire(required = true)
      public String canarySubsetName;

      @Wire(required = true)
      public String stableSubsetName;

      public List<String> additionalSubsetNames;
    }
  }

  /** ingress-nginx: a canary Ingress beside each stable one. */
  public static final class Nginx extends Struct {

    /** {@code nginx.ingress.kubernetes.io} if null. */
    public String annotationPrefix;

    /** This one or the list. */
    public String stableIngress;

    /** The prefix is added to keys that lack it. */
    public Map<String, String> additionalIngressAnnotations;

    public List<String> stableIngresses;

    /** Verbatim. */
    public Map<String, String> canaryIngressAnnotations;
  }

  /** AWS: an action annotation of an Ingress. */
  public static final class Alb extends Struct {

    /** This one or the list. */
    public String ingress;

    @Wire(required = true)
    public Integer servicePort;

    /** The Service that the Ingress names; the stable one if null. */
    public String rootService;

    /** {@code alb.ingress.kubernetes.io} if null. */
    public String annotationPrefix;

    public Stickiness stickinessConfig;
    public List<String> ingresses;

    /** Clients stay with their target group. */
    public static final class Stickiness extends Struct {
      @Wire(required = true)
      public Boolean enabled;

      /** 1 to 604800. */
      @Wire(required = true)
      public Long durationSeconds;
    }
  }

  /** A TrafficSplit. */
  public static final class Smi extends Struct {

    /** The stable Service if null. */
    public String rootService;

    /** Named after the Rollout if null. */
    public String trafficSplitName;
  }

  /** Mappings. */
  public static final class Ambassador extends Struct {
    @Wire(required = true)
    public List<String> mappings;
  }

  /** A VirtualRouter's routes and VirtualNodes. */
  public static final class AppMesh extends Struct {
    public VirtualService virtualService;
    public VirtualNodeGroup virtualNodeGroup;

    /** The service whose router is written. */
    public static final class VirtualService extends Struct {
      @Wire(required = true)
      public String name;

      public List<String> routes;
    }

    /** The two nodes. */
    public static final class VirtualNodeGroup extends Struct {
      @Wire(required = true)
      public VirtualNodeRef canaryVirtualNodeRef;

      @Wire(required = true)
      public VirtualNodeRef stableVirtualNodeRef;
    }

    /** A node by name. */
    public static final class VirtualNodeRef extends Struct {
      @Wire(required = true)
      public String name;
    }
  }

  /** A weighted TraefikService. */
  public static final class Traefik extends Struct {
    @Wire(required = true)
    public String weightedTraefikServiceName;
  }

  /** An ApisixRoute. */
  public static final class Apisix extends Struct {
    public Route route;

    /** Its rules; all if none is named. */
    public static final class Route extends Struct {
      @Wire(required = true)
      public String name;

      public List<String> rules;
    }
  }
}
