package dev.sluice.crd;

/** A Service for the pods of an experiment's template. */
public final class TemplateService extends Struct {

  /** Named after the ReplicaSet if null. */
  public String name;
}
