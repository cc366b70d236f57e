package dev.sluice.crd;

/** One observed fact, with the time it last changed. */
public final class Condition extends Struct {

  @Wire(required = true)
  public String type;

  /** True, False or Unknown. */
  @Wire(required = true)
  public String status;

  @Wire(required = true, type = "time")
  public String lastUpdateTime;

  /** Of {@link #status}. */
  @Wire(required = true, type = "time")
  public String lastTransitionTime;

  @Wire(required = true)
  public String reason;

  @Wire(required = true)
  public String message;
}
