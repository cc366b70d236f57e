package dev.sluice.devkit.kubernetes.ownership;

/**
 * Who writes, as field ownership names it.
 *
 * @param name as the client gives it, or the beginning of its User-Agent
 * @param subresource empty: the object itself
 */
public record Author(String name, String subresource) {
  /** What the server does of its own accord. */
  public static final Author SERVER = new Author("kube-apiserver", "");
}
