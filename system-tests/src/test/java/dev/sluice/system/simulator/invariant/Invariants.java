package dev.sluice.system.simulator.invariant;

import java.util.List;

/** All of them. */
public final class Invariants {

  private Invariants() {}

  /** New ones, to watch a run from its beginning. */
  public static List<Invariant> all() {
    return List.of(
        new WeightIsAsDesired(),
        new AbortOnlyFalls(),
        new LogIsComplete(),
        new PublishedInOrder(),
        new PublishedOnce(),
        new IndexHasReasons(),
        new VerdictsAreCurrent(),
        new PauseMeansStill(),
        new OnlySuccessPasses(),
        new CapacityCarriesItsShare(),
        new CapacityBeforeWeight(),
        new LostCanaryGetsNothing(),
        new SelectorBeforeWeight(),
        new PodsWithinSurge(),
        new MissingWithinBudget(),
        new SelectedKeepsAPod(),
        new StepHasItsPods(),
        new StepIsScaled(),
        new DelayedWithinLimit(),
        new AbortedPodsOnlyFall(),
        new StablePodsAreAllThere(),
        new WritesNameTheirDecision(),
        new CommandsAnsweredOnce(),
        new ChangesMadeOnce(),
        new FenceOnlyRises(),
        new DeletedStaysDeleted(),
        new DecidingIsDeterministic(),
        new NothingWaitsForEver(),
        new StatusWeightsWereRead(),
        new RepeatsChangeNothing(),
        new NoSecretIsTold(),
        new OneValuePerTick(),
        new OthersAreLeftAlone(),
        new SharersKeepTheirWeights(),
        new OneLiveRun(),
        new SumNeverChanges(),
        new PluginsPassOnSuccess(),
        new PluginsEndInReverse(),
        new ManagedRoutesEnd(),
        new ExperimentsPassOnSuccess(),
        new OneLiveExperiment(),
        new EverythingArrives());
  }

  /** Whether nothing is left to be done. */
  public static boolean isAtRest(World world) {
    return EverythingArrives.unfinished(world).isEmpty();
  }
}
