package dev.sluice.devkit.kubernetes.store;

import dev.sluice.devkit.kubernetes.rules.Preconditions;
import dev.sluice.devkit.kubernetes.rules.Propagation;
import java.util.OptionalLong;

/**
 * How somebody wants something deleted.
 *
 * @param grace seconds; empty: as the object says
 * @param dryRun says what would come of it, and deletes nothing
 */
public record DeleteOptions(
    Preconditions preconditions, OptionalLong grace, Propagation propagation, boolean dryRun) {
  public static final DeleteOptions NONE = of(Preconditions.NONE, Propagation.UNSAID);

  public static DeleteOptions of(Preconditions preconditions, Propagation propagation) {
    return new DeleteOptions(preconditions, OptionalLong.empty(), propagation, false);
  }
}
