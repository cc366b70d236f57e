package dev.sluice.system.simulator;

import dev.sluice.system.simulator.invariant.AbortOnlyFalls;
import dev.sluice.system.simulator.invariant.CapacityBeforeWeight;
import dev.sluice.system.simulator.invariant.CapacityCarriesItsShare;
import dev.sluice.system.simulator.invariant.CommandsAnsweredOnce;
import dev.sluice.system.simulator.invariant.FenceOnlyRises;
import dev.sluice.system.simulator.invariant.Invariant;
import dev.sluice.system.simulator.invariant.LogIsComplete;
import dev.sluice.system.simulator.invariant.MissingWithinBudget;
import dev.sluice.system.simulator.invariant.PluginsPassOnSuccess;
import dev.sluice.system.simulator.invariant.PodsWithinSurge;
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
  /** The router drops what is older than the route. */
  FENCE_CHECK(List.of(FenceOnlyRises::new, AbortOnlyFalls::new)),
  /** Status is written only over a version whose commands were taken out. */
  COMPARE_AND_SWAP(List.of(CommandsAnsweredOnce::new)),
  /** The inbox remembers what it has taken. */
  DEDUPLICATION(List.of(CommandsAnsweredOnce::new)),
  /** A verdict counts only for the run and the epoch that it names. */
  EPOCH_CHECK(List.of(VerdictsAreCurrent::new)),
  /** A plugin's answer counts only for the call that it names. */
  CALL_CHECK(List.of(VerdictsAreCurrent::new, PluginsPassOnSuccess::new)),
  /** Pods count when they are available, not when they are wanted. */
  CAPACITY_GATE(
      List.of(
          CapacityBeforeWeight::new,
          MissingWithinBudget::new,
          StepHasItsPods::new,
          StablePodsAreAllThere::new)),
  /** Pods of a revision that was given up count until they are gone. */
  GIVEN_UP_PODS(List.of(PodsWithinSurge::new)),
  /** An object without our fence is written only after the log was read to its end. */
  READ_TO_END(List.of(FenceOnlyRises::new)),
  /** The route is written only over the version that was read. */
  ROUTE_VERSION(List.of(FenceOnlyRises::new)),
  /** A ReplicaSet or a Service is written only over the version that was seen. */
  OBJECT_VERSION(List.of(CapacityCarriesItsShare::new)),
  /** Nothing is written for a row that has moved on. */
  CURRENT_ROW(List.of(CapacityCarriesItsShare::new)),
  /** Whose place somebody else has taken sends nothing any more. */
  PRODUCER_FENCE(List.of(LogIsComplete::new)),
  /** One instance publishes at a time. */
  RELAY_LEASE(List.of(LogIsComplete::new)),
  /** An object that was seen in a newer version is not seen in an older one again. */
  NEWEST_SIGHTING(List.of(CommandsAnsweredOnce::new)),
  /** What a Service selects is looked at, not only what it is to select. */
  SELECTOR_SEEN(List.of(SelectedKeepsAPod::new));

  private final List<Supplier<Invariant>> protects;

  Guard(List<Supplier<Invariant>> protects) {
    this.protects = protects;
  }

  /** Makes the invariants that do not hold without it. */
  List<Supplier<Invariant>> protects() {
    return protects;
  }
}
