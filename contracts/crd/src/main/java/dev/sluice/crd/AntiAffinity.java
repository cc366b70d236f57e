package dev.sluice.crd;

/** Keeps canary and stable pods on different nodes; exactly one is set. */
public final class AntiAffinity extends Struct {

  public Preferred preferredDuringSchedulingIgnoredDuringExecution;
  public Required requiredDuringSchedulingIgnoredDuringExecution;

  /** Where possible. */
  public static final class Preferred extends Struct {

    /** 1 to 100. */
    @Wire(required = true)
    public Integer weight;
  }

  /** Always. */
  public static final class Required extends Struct {}
}
