package dev.sluice.system.simulator.invariant;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.events.AnalysisDesired;
import dev.sluice.events.Fence;
import dev.sluice.events.ManagedRoute;
import dev.sluice.events.MeasurementTaken;
import dev.sluice.events.MessageCodec;
import dev.sluice.events.PluginOperation;
import dev.sluice.events.RolloutEvent;
import dev.sluice.events.TrafficDesired;
import dev.sluice.events.VerdictReached;
import dev.sluice.orchestrator.Cluster;
import dev.sluice.orchestrator.Decision;
import dev.sluice.orchestrator.Decision.Outgoing;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.orchestrator.Signal;
import dev.sluice.system.simulator.invariant.Observation.Decided;
import dev.sluice.system.simulator.invariant.Observation.EntryRead;
import dev.sluice.system.simulator.invariant.Observation.MeasurementRead;
import dev.sluice.system.simulator.invariant.Observation.Published;
import dev.sluice.system.simulator.invariant.Observation.RouteWritten;
import dev.sluice.system.simulator.invariant.Observation.SizeWritten;
import dev.sluice.system.simulator.invariant.Observation.SpecificationWritten;
import dev.sluice.system.simulator.invariant.Observation.StatusWritten;
import dev.sluice.system.simulator.invariant.Observation.WeightWritten;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/** A wrong history for each invariant: one that it must notice. */
public final class Lies {

  private Lies() {}

  /** New ones, to be told of a run from its beginning. */
  public static List<Invariant> all() {
    return List.of(
        Lie.about(w -> weighing(w, w.weight() + 1), new WeightIsAsDesired()),
        Lie.about(new AbortOnlyFalls(), rising()),
        Lie.about(new LogIsComplete(), Lies::skipped),
        Lie.about(new PublishedInOrder(), Lies::withoutTheFirst),
        Lie.about(new PublishedOnce(), Lies::allAtOnce),
        Lie.about(new IndexHasReasons(), seen -> without(seen, "StepCompleted")),
        Lie.about(new VerdictsAreCurrent(), Lies::ofAnotherEpoch),
        Lie.about(new PauseMeansStill(), Lies::byNobody),
        Lie.about(new OnlySuccessPasses(), Lies::inconclusive),
        Lie.about(new CapacityCarriesItsShare(), Lies::scaledAway),
        Lie.about(new CapacityBeforeWeight(), Lies::withoutPods),
        Lie.about(new LostCanaryGetsNothing(), Lies::withoutPods),
        Lie.about(w -> selecting(w, "nobody", w.stableSelector()), new SelectorBeforeWeight()),
        Lie.about(new PodsWithinSurge(), Lies::withOthers),
        Lie.about(new MissingWithinBudget(), Lies::withoutPodsToSpare),
        Lie.about(new SelectedKeepsAPod(), Lies::allSelected),
        Lie.about(new StepHasItsPods(), Lies::withoutPods),
        Lie.about(new StepIsScaled(), Lies::withoutPods),
        Lie.about(new DelayedWithinLimit(), Lies::stableIsToGo),
        Lie.about(new AbortedPodsOnlyFall(), Lies::grown),
        Lie.about(new StablePodsAreAllThere(), Lies::withoutPods),
        Lie.about(new WritesNameTheirDecision(), Lies::onePodMore),
        Lie.about(new CommandsAnsweredOnce(), twice()),
        Lie.about(new ChangesMadeOnce(), Lies::byTheSame),
        Lie.about(new FenceOnlyRises(), Lies::firstFence),
        Lie.about(new DeletedStaysDeleted(), goneEarly()),
        Lie.about(new DecidingIsDeterministic(), seen -> without(seen, "RevisionStarted")),
        Lie.about(new NothingWaitsForEver(), Lies::withoutTimers),
        Lie.about(new StatusWeightsWereRead(), Lies::strangeStatus),
        Lie.about(new RepeatsChangeNothing(), Lies::sameSplit),
        Lie.about(new NoSecretIsTold(), Lies::withSecret),
        Lie.about(new OneValuePerTick(), elsewhere()),
        Lie.about(new OthersAreLeftAlone(), Lies::noteTaken),
        Lie.about(new SharersKeepTheirWeights(), Lies::sharerChanged),
        Lie.about(new OneLiveRun(), twoRuns()),
        Lie.about(new SumNeverChanges(), halved()),
        Lie.about(Lies::withoutSuccess, new PluginsPassOnSuccess()),
        Lie.about(new PluginsEndInReverse(), Lies::abortedTwice),
        Lie.about(new ManagedRoutesEnd(), Lies::routedTwice),
        Lie.about(Lies::withoutSuccess, new ExperimentsPassOnSuccess()),
        Lie.about(new OneLiveExperiment(), seen -> without(seen, "ExperimentTerminated")),
        Lie.about(w -> selecting(w, "nobody", "nobody"), new EverythingArrives()));
  }

  private static Observation byTheSame(Observation seen) {
    return seen instanceof SpecificationWritten ? new SpecificationWritten("c") : seen;
  }

  private static World weighing(World truth, int weight) {
    return new FalseWorld(truth) {
      @Override
      public int weight() {
        return weight;
      }
    };
  }

  private static World selecting(World truth, String canary, String stable) {
    return new FalseWorld(truth) {
      @Override
      public String canarySelector() {
        return canary;
      }

      @Override
      public String stableSelector() {
        return stable;
      }
    };
  }

  private static World withoutSuccess(World truth) {
    return new FalseWorld(truth) {
      @Override
      public boolean pluginSucceeded(String call) {
        return false;
      }

      @Override
      public boolean experimentSucceeded(String experiment) {
        return false;
      }
    };
  }

  // What was taken back last from a plugin is taken back once more.
  private static Observation abortedTwice(Observation seen) {
    if (!(seen instanceof Decided d) || d.decision().next().plugins().works().isEmpty()) {
      return seen;
    }
    if (d.decision().next().plugins().works().getLast().operation() != PluginOperation.ABORT) {
      return seen;
    }
    ObjectNode state = MessageCodec.mapper().valueToTree(d.decision().next());
    ArrayNode works = (ArrayNode) state.path("plugins").path("works");
    works.add(works.get(works.size() - 1));
    Rollout next = MessageCodec.mapper().convertValue(state, Rollout.class);
    return deciding(
        d,
        new Decision(next, d.decision().entries(), d.decision().outgoing(), d.decision().timers()));
  }

  private static Observation routedTwice(Observation seen) {
    if (!(seen instanceof Decided d)) {
      return seen;
    }
    ManagedRoute route = new ManagedRoute.Header("testers", List.of());
    List<Decision.Outgoing> outgoing =
        d.decision().outgoing().stream()
            .map(each ->
                each instanceof Decision.Outgoing.Publish(String topic, TrafficDesired t)
                    ? new Decision.Outgoing.Publish(topic, with(t, List.of(route, route)))
                    : each)
            .toList();
    return deciding(
        d,
        new Decision(d.decision().next(), d.decision().entries(), outgoing, d.decision().timers()));
  }

  private static TrafficDesired with(TrafficDesired t, List<ManagedRoute> routes) {
    return new TrafficDesired(
        t.uid(),
        t.namespace(),
        t.name(),
        t.fence(),
        t.router(),
        t.stable(),
        t.canary(),
        t.weight(),
        t.maxWeight(),
        t.additional(),
        t.managedRoutes(),
        routes);
  }

  private static UnaryOperator<Observation> rising() {
    int[] written = {0};
    return seen ->
        seen instanceof WeightWritten(int before, _, int total, Fence fence)
            ? new WeightWritten(before, ++written[0], total, fence)
            : seen;
  }

  private static Observation skipped(Observation seen) {
    return seen instanceof EntryRead(RolloutEvent e)
        ? new EntryRead(
            new RolloutEvent(
                e.uid(),
                e.namespace(),
                e.name(),
                e.seq() + 1,
                e.epoch(),
                e.at(),
                e.actor(),
                e.cause(),
                e.fact(),
                e.previousHash(),
                e.hash()))
        : seen;
  }

  // Where there are many, the first one is left out.
  private static Observation withoutTheFirst(Observation seen) {
    return seen instanceof Published(long by, List<Long> rows) && rows.size() > 1
        ? new Published(by, rows.subList(1, rows.size()))
        : seen;
  }

  // All that was ever published is published each time.
  private static Observation allAtOnce(Observation seen) {
    return seen instanceof Published(long by, List<Long> rows)
        ? new Published(by, LongStream.rangeClosed(1, rows.getLast()).boxed().toList())
        : seen;
  }

  private static Decided deciding(Decided d, Decision decision) {
    return new Decided(d.before(), d.told(), d.message(), d.signal(), d.at(), decision);
  }

  private static Decided told(Decided d, Signal told) {
    return new Decided(d.before(), told, d.message(), d.signal(), d.at(), d.decision());
  }

  // Nothing of this kind was logged.
  private static Observation without(Observation seen, String fact) {
    if (!(seen instanceof Decided decided)) {
      return seen;
    }
    Decision decision = decided.decision();
    List<Decision.Entry> entries =
        decision.entries().stream()
            .filter(e -> !e.fact().getClass().getSimpleName().equals(fact))
            .toList();
    return deciding(
        decided, new Decision(decision.next(), entries, decision.outgoing(), decision.timers()));
  }

  private static Observation ofAnotherEpoch(Observation seen) {
    return seen instanceof Decided d
            && d.told() instanceof Signal.VerdictReported(var run, long epoch, var phase, var text)
        ? told(d, new Signal.VerdictReported(run, epoch + 1, phase, text))
        : seen;
  }

  private static Observation byNobody(Observation seen) {
    return seen instanceof Decided d && d.told() instanceof Signal.CommandReceived
        ? told(d, new Signal.RepublishRequested())
        : seen;
  }

  private static Observation inconclusive(Observation seen) {
    return seen instanceof Decided d && d.message() instanceof VerdictReached
        ? new Decided(d.before(), d.told(), null, d.signal(), d.at(), d.decision())
        : seen;
  }

  private static Observation scaledAway(Observation seen) {
    return seen instanceof SizeWritten(String hash, int before, _, Fence fence, boolean outdated)
        ? new SizeWritten(hash, before + 1, 0, fence, outdated)
        : seen;
  }

  private static Observation withoutPods(Observation seen) {
    return seen instanceof Decided d && d.told() instanceof Signal.ClusterObserved(Cluster cluster)
        ? told(d, new Signal.ClusterObserved(having(cluster, cluster.canarySelector(), 0)))
        : seen;
  }

  // Some pods are available that are not, so that fewer would have to go.
  private static Observation withoutPodsToSpare(Observation seen) {
    return seen instanceof Decided d && d.told() instanceof Signal.ClusterObserved(Cluster cluster)
        ? told(d, new Signal.ClusterObserved(having(cluster, null, 0)))
        : seen;
  }

  // All, or those of one hash, have so many available pods.
  private static Cluster having(Cluster cluster, String podHash, int available) {
    Map<String, Cluster.ReplicaSet> sets = new TreeMap<>(cluster.replicaSets());
    boolean[] first = {true};
    sets.replaceAll((hash, set) -> {
      boolean changes = podHash == null ? !first[0] : hash.equals(podHash) || podHash.isEmpty();
      first[0] = false;
      return changes ? having(set, available) : podHash == null ? having(set, 99) : set;
    });
    return new Cluster(sets, cluster.canarySelector(), cluster.stableSelector(), cluster.shown());
  }

  private static Cluster.ReplicaSet having(Cluster.ReplicaSet set, int available) {
    return new Cluster.ReplicaSet(
        set.name(),
        set.podHash(),
        set.revision(),
        set.wanted(),
        set.actual(),
        set.ready(),
        available,
        set.createdAt());
  }

  private static Observation withOthers(Observation seen) {
    if (!(seen instanceof Decided d)
        || !(d.told() instanceof Signal.ClusterObserved(Cluster cluster))) {
      return seen;
    }
    Map<String, Cluster.ReplicaSet> sets = new TreeMap<>(cluster.replicaSets());
    sets.put("v0", new Cluster.ReplicaSet("app-v0", "v0", 0, 99, 99, 99, 99, d.at()));
    return told(
        d,
        new Signal.ClusterObserved(
            new Cluster(
                sets, cluster.canarySelector(), cluster.stableSelector(), cluster.shown())));
  }

  private static Observation allSelected(Observation seen) {
    if (!(seen instanceof Decided d)
        || !(d.told() instanceof Signal.ClusterObserved(Cluster cluster))) {
      return seen;
    }
    String first =
        cluster.replicaSets().isEmpty() ? "" : new TreeMap<>(cluster.replicaSets()).firstKey();
    return told(
        d,
        new Signal.ClusterObserved(
            new Cluster(cluster.replicaSets(), first, first, cluster.shown())));
  }

  private static Observation stableIsToGo(Observation seen) {
    if (!(seen instanceof Decided d) || d.decision().next().retirements().isEmpty()) {
      return seen;
    }
    Rollout next = d.decision().next();
    ObjectNode changed = MessageCodec.mapper().valueToTree(next);
    ObjectNode retirements = changed.withObjectProperty("retirements");
    retirements.set(next.stableHash(), retirements.elements().next());
    return deciding(
        d,
        new Decision(
            MessageCodec.mapper().convertValue(changed, Rollout.class),
            d.decision().entries(),
            d.decision().outgoing(),
            d.decision().timers()));
  }

  private static Observation grown(Observation seen) {
    return seen instanceof SizeWritten(String hash, _, int after, Fence fence, boolean outdated)
        ? new SizeWritten(hash, -1, after, fence, outdated)
        : seen;
  }

  private static Observation onePodMore(Observation seen) {
    return seen
            instanceof
            SizeWritten(String hash, int before, int after, Fence fence, boolean outdated)
        ? new SizeWritten(hash, before, after + 1, fence, outdated)
        : seen;
  }

  // Every second answer is the first one's.
  private static UnaryOperator<Observation> twice() {
    String[] first = {null};
    return seen -> {
      if (!(seen instanceof Decided d)) {
        return seen;
      }
      List<Decision.Entry> entries = new ArrayList<>();
      for (Decision.Entry e : d.decision().entries()) {
        boolean answers = e.fact().getClass().getSimpleName().startsWith("Command");
        entries.add(e);
        if (answers) {
          entries.add(e);
        }
      }
      return deciding(
          d,
          new Decision(
              d.decision().next(), entries, d.decision().outgoing(), d.decision().timers()));
    };
  }

  private static Observation firstFence(Observation seen) {
    return seen instanceof WeightWritten(int before, int after, int total, Fence fence)
            && fence.epoch() > 1
        ? new WeightWritten(before, after, total, new Fence(1, 1))
        : seen;
  }

  // The deletion is heard of, and things go on.
  private static UnaryOperator<Observation> goneEarly() {
    boolean[] gone = {false};
    return seen -> {
      if (seen instanceof Decided d
          && !gone[0]
          && d.decision().next().progress() instanceof dev.sluice.orchestrator.Progress.Gone) {
        gone[0] = true;
        return seen;
      }
      return gone[0] && seen instanceof Observation.TimePassed
          ? new SizeWritten("v1", 1, 2, new Fence(Long.MAX_VALUE, 1), false)
          : seen;
    };
  }

  private static Observation withoutTimers(Observation seen) {
    return seen instanceof Decided d
        ? deciding(
            d,
            new Decision(
                d.decision().next(), d.decision().entries(), d.decision().outgoing(), Map.of()))
        : seen;
  }

  private static Observation strangeStatus(Observation seen) {
    return seen instanceof StatusWritten(int weight) ? new StatusWritten(weight + 101) : seen;
  }

  private static Observation sameSplit(Observation seen) {
    return seen instanceof WeightWritten(int before, int after, int total, Fence _)
        ? new WeightWritten(before, after, total, new Fence(1, 1))
        : seen;
  }

  private static Observation withSecret(Observation seen) {
    return seen instanceof MeasurementRead(MeasurementTaken m)
        ? new MeasurementRead(
            new MeasurementTaken(
                m.run(),
                m.uid(),
                m.epoch(),
                m.metric(),
                m.measurement(),
                m.address(),
                NoSecretIsTold.PLANTED,
                m.latencyMillis()))
        : seen;
  }

  // Each is read twice, from another provider.
  private static UnaryOperator<Observation> elsewhere() {
    MeasurementTaken[] first = {null};
    return seen -> {
      if (!(seen instanceof MeasurementRead(MeasurementTaken m))) {
        return seen;
      }
      if (first[0] == null) {
        first[0] = m;
        return seen;
      }
      return new MeasurementRead(
          new MeasurementTaken(
              first[0].run(),
              m.uid(),
              m.epoch(),
              first[0].metric(),
              first[0].measurement(),
              "http://elsewhere",
              m.query(),
              m.latencyMillis()));
    };
  }

  private static Observation noteTaken(Observation seen) {
    return seen instanceof RouteWritten(String name, var before, var after)
        ? new RouteWritten(name, noted(before, name), after)
        : seen;
  }

  private static Observation sharerChanged(Observation seen) {
    return seen instanceof RouteWritten(String name, var before, var after)
        ? new RouteWritten(name, before, noted(after, "ingress/other-app-canary"))
        : seen;
  }

  private static Map<String, Map<String, String>> noted(
      Map<String, Map<String, String>> objects, String name) {
    Map<String, Map<String, String>> noted = new TreeMap<>(objects);
    noted.computeIfPresent(
        name,
        (_, annotations) -> {
          Map<String, String> more = new HashMap<>(annotations);
          more.put("team.example/note", "gone");
          return more;
        });
    return noted;
  }

  // No run is ever told to stop.
  private static UnaryOperator<Observation> twoRuns() {
    return seen -> {
      if (!(seen instanceof Decided d)) {
        return seen;
      }
      List<Outgoing> outgoing =
          d.decision().outgoing().stream()
              .filter(o ->
                  o instanceof Outgoing.Publish(_, AnalysisDesired wanted)
                      && wanted.wanted() == AnalysisDesired.Wanted.MEASURE)
              .toList();
      return deciding(
          d,
          new Decision(
              d.decision().next(), d.decision().entries(), outgoing, d.decision().timers()));
    };
  }

  private static UnaryOperator<Observation> halved() {
    int[] written = {0};
    return seen ->
        seen instanceof WeightWritten(int before, int after, int total, Fence fence)
            ? new WeightWritten(before, after, written[0]++ == 0 ? total : total * 2, fence)
            : seen;
  }
}
