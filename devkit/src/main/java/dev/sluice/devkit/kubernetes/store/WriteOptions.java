package dev.sluice.devkit.kubernetes.store;

import dev.sluice.devkit.kubernetes.ownership.Author;

/**
 * How a client wants a write done.
 *
 * @param dryRun says what would come of it, and stores nothing
 * @param applies the change is an apply, which has settled who owns what
 */
public record WriteOptions(
    FieldValidation validation, boolean dryRun, Author author, boolean applies) {
  /** What the server does of its own accord. */
  public static final WriteOptions SERVER =
      new WriteOptions(FieldValidation.IGNORE, false, Author.SERVER, false);

  public WriteOptions asApply() {
    return new WriteOptions(validation, dryRun, author, true);
  }
}
