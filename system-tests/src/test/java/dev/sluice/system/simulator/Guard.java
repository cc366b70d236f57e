package dev.sluice.system.simulator;

import dev.sluice.system.simulator.invariant.AbortOnlyFalls;
import dev.sluice.system.simulator.invariant.CapacityBeforeWeight;
import dev.sluice.system.simulator.invariant.CapacityCarriesItsShare;
import dev.sluice.system.simulator.invariant.CommandsAnsweredOnce;
import dev.sluice.system.simulator.invariant.EverythingArrives;
import dev.sluice.system.simulator.invariant.ExperimentsPassOnSuccess;
import dev.sluice.system.simulator.invariant.FenceOnlyRises;
import dev.sluice.system.simulator.invariant.Invariant;
import dev.sluice.system.simulator.invariant.LogIsComplete;
import dev.sluice.system.simulator.invariant.MissingWithinBudget;
import dev.sluice.system.simulator.invariant.OneLiveRun;
import dev.sluice.system.simulator.invariant.OneValuePerTick;
import dev.sluice.system.simulator.invariant.PluginsPassOnSuccess;
import dev.sluice.system.simulator.invariant.PodsWithinSurge;
import dev.sluice.system.simulator.invariant.PublishedInOrder;
import dev.sluice.system.simulator.invariant.PublishedOnce;
import dev.sluice.system.simulator.invariant.SelectedKeepsAPod;
import dev.sluice.system.simulator.invariant.StablePodsAreAllThere;
import dev.sluice.system.simulator.invariant.StepHasItsPods;
import dev.sluice.system.simulator.invariant.VerdictsAreCurrent;
import java.util.List;
import java.util.function.Supplier;

/**
 * What protects an invariant. Each can be taken out of a run, to show that it is needed: then the
 * invariants that it names are violated.
 */
enum Guard {
  FENCE_CHECK(
      "The router drops what is older than the route.",
      List.of(FenceOnlyRises::new, AbortOnlyFalls::new)),
  COMPARE_AND_SWAP(
      "Status is written only over a version whose commands were taken out.",
      List.of(CommandsAnsweredOnce::new)),
  DEDUPLICATION("The inbox remembers what it has taken.", List.of(CommandsAnsweredOnce::new)),
  EPOCH_CHECK(
      "A verdict counts only for the run and the epoch that it names.",
      List.of(VerdictsAreCurrent::new)),
  CALL_CHECK(
      "A plugin's answer counts only for the call that it names.",
      List.of(VerdictsAreCurrent::new, PluginsPassOnSuccess::new)),
  CAPACITY_GATE(
      "Pods count when they are available, not when they are wanted.",
      List.of(
          CapacityBeforeWeight::new,
          MissingWithinBudget::new,
          StepHasItsPods::new,
          StablePodsAreAllThere::new)),
  GIVEN_UP_PODS(
      "Pods of a revision that was given up count until they are gone.",
      List.of(PodsWithinSurge::new)),
  ROUTE_VERSION(
      "The route is written only over the version that was read.", List.of(FenceOnlyRises::new)),
  OBJECT_VERSION(
      "A ReplicaSet or a Service is written only over the version that was seen.",
      List.of(StablePodsAreAllThere::new)),
  SIZE_SEEN(
      "A ReplicaSet is scaled only from the size that the decision knew.",
      List.of(CapacityCarriesItsShare::new)),
  PRODUCER_FENCE(
      "Whose place somebody else has taken sends nothing any more.",
      List.of(OneValuePerTick::new, PublishedInOrder::new)),
  RELAY_LEASE("One instance publishes the outbox at a time.", List.of(PublishedOnce::new)),
  END_IS_READ(
      "That a Rollout is gone is read, not believed of a cache.", List.of(EverythingArrives::new)),
  NEWEST_SIGHTING(
      "An object that was seen in a newer version is not seen in an older one again.",
      List.of(EverythingArrives::new)),
  ENDED_BY_HAND(
      "An experiment that somebody ended has not passed, whatever it says of itself.",
      List.of(ExperimentsPassOnSuccess::new)),
  SELECTOR_SEEN(
      "What a Service selects is looked at, not only what it is to select.",
      List.of(SelectedKeepsAPod::new)),
  STORED_ROW(
      "A decision is made on the stored row, which is locked meanwhile, not on what is remembered.",
      List.of(LogIsComplete::new, FenceOnlyRises::new, OneLiveRun::new)),
  ROW_UNMOVED(
      "What was computed from a state that is known to be an old one is not written.",
      List.of(StablePodsAreAllThere::new));

  private final String what;
  private final List<Supplier<Invariant>> protects;

  Guard(String what, List<Supplier<Invariant>> protects) {
    this.what = what;
    this.protects = protects;
  }

  /** What it does, in a sentence. */
  String what() {
    return what;
  }

  /** Makes the invariants that do not hold without it. */
  List<Supplier<Invariant>> protects() {
    return protects;
  }
}
