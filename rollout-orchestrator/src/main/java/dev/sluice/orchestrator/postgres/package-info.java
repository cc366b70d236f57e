/**
 * The store: one transaction for each input, in which the decision, its log, its messages and its
 * timers are stored together or not at all.
 *
 * <p>{@link dev.sluice.orchestrator.postgres.DecisionTransaction} is that transaction; {@link
 * dev.sluice.orchestrator.postgres.StoredIntake} is what is around it: order, repetition, and what
 * happens when its outcome is not known. Hibernate Reactive needs a Vert.x context of its own for
 * each piece of work, which {@link dev.sluice.orchestrator.postgres.Database} provides to callers
 * on any thread.
 */
package dev.sluice.orchestrator.postgres;
