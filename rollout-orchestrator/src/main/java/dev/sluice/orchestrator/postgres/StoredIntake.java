package dev.sluice.orchestrator.postgres;

import dev.sluice.orchestrator.Decider;
import dev.sluice.orchestrator.Intake;
import dev.sluice.orchestrator.Signal;
import dev.sluice.orchestrator.UndecidableInput;
import dev.sluice.orchestrator.postgres.DecisionTransaction.Early;
import dev.sluice.orchestrator.postgres.DecisionTransaction.Outcome;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;

/** Takes inputs one after the other for each Rollout, and never assumes that one was stored. */
@ApplicationScoped
class StoredIntake implements Intake {

  private static final Logger LOG = Logger.getLogger(StoredIntake.class);

  private final Database database;
  private final CommittedRollouts rollouts;
  private final MeterRegistry meters;
  private final Lanes lanes = new Lanes(this::work);
  private final ReadStates states = new ReadStates();

  @Inject
  StoredIntake(Database database, CommittedRollouts rollouts, MeterRegistry meters) {
    this.database = database;
    this.rollouts = rollouts;
    this.meters = meters;
  }

  @Override
  public CompletionStage<Taken> take(Input input) {
    return lanes.add(input);
  }

  private CompletionStage<Taken> work(Input input) {
    if (input.id() == null && changesNothing(input)) {
      count(input, "unchanged");
      return CompletableFuture.completedStage(Taken.IGNORED);
    }
    Timer.Sample sample = Timer.start(meters);
    return transact(input)
        .handle((outcome, failure) -> {
          sample.stop(meters.timer("sluice.decision"));
          return failure == null ? stored(input, outcome) : failed(input, cause(failure));
        })
        .thenCompose(stage -> stage);
  }

  // Looks at the known state only; the decision itself looks at the stored one.
  private boolean changesNothing(Input level) {
    return rollouts
        .find(level.identity().uid())
        .map(known -> {
          try {
            return !DecisionTransaction.changes(
                known.rollout(), Decider.on(known.rollout(), level.signal(), now()));
          } catch (RuntimeException | StackOverflowError decidedInTheTransactionAgain) {
            return false;
          }
        })
        .orElse(false);
  }

  private CompletableFuture<Outcome> transact(Input input) {
    return database.inTransaction(
        session -> new DecisionTransaction(session, states, input, now()).run());
  }

  private CompletionStage<Taken> stored(Input input, Outcome outcome) {
    if (outcome.committed() != null) {
      rollouts.committed(outcome.committed());
    }
    count(input, outcome.taken().name().toLowerCase(java.util.Locale.ROOT));
    return CompletableFuture.completedStage(outcome.taken());
  }

  private CompletionStage<Taken> failed(Input input, Throwable failure) {
    return switch (failure) {
      case Early _ -> {
        count(input, "early");
        yield CompletableFuture.completedStage(Taken.IGNORED);
      }
      case UndecidableInput undecidable -> quarantine(input, undecidable);
      case Throwable never when Unstorable.is(never) -> unstorable(input, never);
      default -> input.id() == null ? unknown(input, failure) : lookUp(input, failure);
    };
  }

  private CompletionStage<Taken> quarantine(Input input, UndecidableInput undecidable) {
    LOG.error(undecidable.getMessage(), undecidable);
    count(input, "undecidable");
    if (input.signal() instanceof Signal.DecisionFailed) {
      return CompletableFuture.failedStage(undecidable);
    }
    Input freeze =
        new Input(
            input.identity(),
            "decision",
            null,
            null,
            new Signal.DecisionFailed(undecidable.getMessage()));
    return work(freeze)
        .handle((_, failure) -> {
          if (failure != null && !(cause(failure) instanceof UndecidableInput)) {
            // Not quarantined and not dead-lettered: the input comes again.
            return CompletableFuture.<Taken>failedStage(cause(failure));
          }
          return CompletableFuture.<Taken>failedStage(undecidable);
        })
        .thenCompose(stage -> stage);
  }

  // Nothing was decided, and nothing is wrong with the Rollout: it is not frozen.
  private CompletionStage<Taken> unstorable(Input input, Throwable failure) {
    count(input, "unstorable");
    return CompletableFuture.failedStage(new UndecidableInput(input, failure));
  }

  // The error may have come after the commit.
  private CompletionStage<Taken> lookUp(Input input, Throwable failure) {
    return database
        .reading(session ->
            session
                .createNativeQuery(
                    """
                    select count(*) from inbox
                    where uid = :uid and source = :source and message_id = :id\
                    """,
                    Long.class)
                .setParameter("uid", input.identity().uid())
                .setParameter("source", input.source())
                .setParameter("id", input.id())
                .getSingleResult())
        .handle((found, unreachable) ->
            unreachable == null && found == 1 ? confirm(input) : unknown(input, failure))
        .thenCompose(stage -> stage);
  }

  private CompletionStage<Taken> confirm(Input input) {
    LOG.infof(
        "%s:%s of %s was committed, though the answer was lost",
        input.source(), input.id(), input.identity().uid());
    count(input, "confirmed");
    return database
        .reading(session -> session.get(RolloutRow.class, input.identity().uid()))
        .thenApply(row -> {
          rollouts.committed(row.committed());
          return Taken.DECIDED;
        });
  }

  private CompletionStage<Taken> unknown(Input input, Throwable failure) {
    LOG.warnf(
        "not known to be stored: %s from %s for %s: %s",
        input.signal().getClass().getSimpleName(), input.source(), input.identity().uid(), failure);
    count(input, "failed");
    return CompletableFuture.failedStage(failure);
  }

  private void count(Input input, String result) {
    meters
        .counter(
            "sluice.inputs", "signal", input.signal().getClass().getSimpleName(), "result", result)
        .increment();
  }

  /** What a composed stage failed with. */
  static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }
}
