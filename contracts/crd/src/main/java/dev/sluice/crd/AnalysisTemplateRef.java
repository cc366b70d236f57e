package dev.sluice.crd;

/** Names a template. */
public final class AnalysisTemplateRef extends Struct {

  @Wire(always = true)
  public String templateName;

  /** A ClusterAnalysisTemplate, not an AnalysisTemplate. */
  @Wire(pointer = true)
  public Boolean clusterScope;
}
