package dev.sluice.crd;

import java.util.List;
import java.util.Map;

/** Selects objects by their labels: all that is written must hold. */
public final class LabelSelector extends Struct {

  public Map<String, String> matchLabels;
  public List<Requirement> matchExpressions;

  /** One condition on one label. */
  public static final class Requirement extends Struct {
    @Wire(required = true, always = true)
    public String key;

    /** In, NotIn, Exists or DoesNotExist. */
    @Wire(required = true, always = true)
    public String operator;

    /** For In and NotIn. */
    public List<String> values;
  }
}
