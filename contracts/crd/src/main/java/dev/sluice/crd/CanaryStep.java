package dev.sluice.crd;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.util.List;
import java.util.Map;

/** One step of a canary: exactly one field is set. */
public final class CanaryStep extends Struct {

  /** The canary's share, 0 to maxTrafficWeight (100). */
  @Wire(pointer = true)
  public Integer setWeight;

  public Pause pause;
  public ExperimentStep experiment;
  public RolloutAnalysis analysis;
  public SetCanaryScale setCanaryScale;
  public SetHeaderRoute setHeaderRoute;
  public SetMirrorRoute setMirrorRoute;
  public Plugin plugin;

  /** Waits. */
  public static final class Pause extends Struct {

    /** A number of seconds or a Go duration; null: until somebody promotes. */
    public IntOrString duration;

    /**
     * How long the pause is, -1 if that cannot be read; null: until somebody promotes. See {@link
     * GoDuration#pauseSeconds}.
     */
    public Integer seconds() {
      return duration == null ? null : Integer.valueOf(GoDuration.pauseSeconds(duration));
    }
  }

  /** Sets the number of canary pods apart from the weight; the first that is set counts. */
  public static final class SetCanaryScale extends Struct {

    /** Share of {@code spec.replicas} in percent. */
    @Wire(pointer = true)
    public Integer weight;

    /** Number of pods; goes before weight. */
    @Wire(pointer = true)
    public Integer replicas;

    /** Back to what setWeight asks for. */
    public Boolean matchTrafficWeight;
  }

  /** Sends requests with a header to the canary; without match the route is removed. */
  public static final class SetHeaderRoute extends Struct {

    /** One of the managed routes. */
    public String name;

    public List<HeaderMatch> match;
  }

  /** One header. */
  public static final class HeaderMatch extends Struct {
    @Wire(required = true, always = true)
    public String headerName;

    @Wire(required = true, always = true, pointer = true)
    public StringMatch headerValue;
  }

  /** Exactly one is set. */
  public static final class StringMatch extends Struct {
    public String exact;
    public String prefix;
    public String regex;
  }

  /** Copies requests to the canary; without match the route is removed. */
  public static final class SetMirrorRoute extends Struct {

    /** One of the managed routes. */
    @Wire(required = true, always = true)
    public String name;

    public List<RouteMatch> match;

    /** Of the matching requests, 0 to 100. */
    @Wire(pointer = true)
    public Integer percentage;
  }

  /** What a request must be like: all that is set must hold. */
  public static final class RouteMatch extends Struct {
    public StringMatch method;
    public StringMatch path;
    public Map<String, StringMatch> headers;
  }

  /** A step that a plugin performs. */
  public static final class Plugin extends Struct {
    @Wire(required = true, always = true)
    public String name;

    /** The plugin's own. */
    public JsonNode config;
  }
}
