package dev.sluice.crd;

/** A value out of an object's own JSON. */
public final class FieldRef extends Struct {

  /** Such as {@code metadata.labels['region']} or {@code status.stableRS}. */
  @Wire(required = true, always = true)
  public String fieldPath;
}
