package dev.sluice.system.simulator;

import dev.sluice.events.AnalysisPhase;
import dev.sluice.events.AnalysisRole;
import dev.sluice.events.RolloutFact;
import dev.sluice.events.TrafficApplied;
import dev.sluice.orchestrator.Command;
import dev.sluice.orchestrator.Decision;
import dev.sluice.orchestrator.Edit;
import dev.sluice.orchestrator.Progress;
import dev.sluice.orchestrator.Restart;
import dev.sluice.orchestrator.Scaling;
import dev.sluice.orchestrator.Signal;
import dev.sluice.orchestrator.Specification;
import dev.sluice.orchestrator.Step;
import dev.sluice.traffic.Attempt;
import dev.sluice.traffic.IngressPlan;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * All that there is to visit, as the sealed types say it: every kind of signal, command, fact, step
 * and effect of the cores; every signal in every state of the progress; every move from one state
 * to another; and every verdict. A new kind is a new place.
 */
final class Places {

  /** Where kinds are looked up: no kind is named here. */
  private static final List<Class<?>> SEALED =
      List.of(
          Signal.class,
          Command.class,
          Edit.class,
          Step.class,
          Decision.Outgoing.class,
          RolloutFact.class,
          Restart.class,
          Specification.Splitting.class,
          Scaling.Threshold.class,
          TrafficApplied.Outcome.class,
          dev.sluice.traffic.Signal.class,
          dev.sluice.traffic.Effect.class,
          Attempt.class,
          IngressPlan.class,
          IngressPlan.Step.class,
          dev.sluice.analysis.Signal.class,
          dev.sluice.analysis.Effect.class);

  /** Of the roles, those that a specification can ask for. */
  private static final List<AnalysisRole> ROLES =
      List.of(AnalysisRole.STEP, AnalysisRole.BACKGROUND);

  private static final ClassValue<String> KINDS =
      new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
          String service = type.getPackageName().substring("dev.sluice.".length());
          String name = type.getName().substring(type.getPackageName().length() + 1);
          return service + " " + name.replace('$', '.');
        }
      };

  private Places() {}

  /** All of them. */
  static SortedSet<String> all() {
    SortedSet<String> all = new TreeSet<>();
    SEALED.forEach(type -> kinds(type).forEach(kind -> all.add(kind(kind))));
    List<String> states = kinds(Progress.class).map(Class::getSimpleName).toList();
    for (String from : states) {
      signals().forEach(signal -> all.add(answer(from, signal)));
      states.stream().filter(to -> !to.equals(from)).forEach(to -> all.add(move(from, to)));
    }
    ROLES.forEach(role ->
        Arrays.stream(AnalysisPhase.values())
            .filter(AnalysisPhase::isCompleted)
            .forEach(phase -> all.add(verdict(role, phase))));
    return all;
  }

  private static Stream<String> signals() {
    return kinds(Signal.class)
        .flatMap(signal ->
            signal == Signal.CommandReceived.class
                ? kinds(Command.class).map(command -> commanded(command))
                : Stream.of(signal.getSimpleName()));
  }

  private static Stream<Class<?>> kinds(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(Places::kinds)
        : Stream.of(type);
  }

  /** A kind, with the service whose word it is. */
  static String kind(Class<?> type) {
    return KINDS.get(type);
  }

  static String state(Progress progress) {
    return progress.getClass().getSimpleName();
  }

  static String signal(Signal signal) {
    return signal instanceof Signal.CommandReceived(_, Command command)
        ? commanded(command.getClass())
        : signal.getClass().getSimpleName();
  }

  private static String commanded(Class<?> command) {
    return "CommandReceived " + command.getSimpleName();
  }

  /** A move between two states. */
  static String move(String from, String to) {
    return from + " --> " + to;
  }

  /** How a run that is waited for ends. */
  static String verdict(AnalysisRole role, AnalysisPhase phase) {
    return role + " run: " + phase;
  }

  /** What a state makes of a signal, be it nothing. */
  static String answer(String state, String signal) {
    return state + " on " + signal;
  }
}
