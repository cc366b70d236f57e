package dev.sluice.crd;

import java.util.Map;

/** Labels and annotations for objects that are made of a template. */
public final class TemplateMetadata extends Struct {
  public Map<String, String> labels;
  public Map<String, String> annotations;
}
