package dev.sluice.crd;

/** A value for {@code {{args.name}}}; in a template, {@link #value} is the default. */
public final class AnalysisArgument extends Struct {

  @Wire(required = true)
  public String name;

  /** Null: must be passed or come from somewhere. */
  public String value;

  public ValueFrom valueFrom;

  /** Exactly one is set. */
  public static final class ValueFrom extends Struct {
    public SecretKeyRef secretKeyRef;
    public FieldRef fieldRef;
  }

  /** A key of a Secret in the run's namespace. */
  public static final class SecretKeyRef extends Struct {
    @Wire(required = true)
    public String name;

    @Wire(required = true)
    public String key;
  }
}
