package dev.sluice.orchestrator.kubernetes.specification;

/** Image references as pod templates write them. */
public final class Images {

  private Images() {}

  /** The repository of an image, without tag and digest. */
  public static String repositoryOf(String image) {
    String name = image.contains("@") ? image.substring(0, image.indexOf('@')) : image;
    int colon = name.lastIndexOf(':');
    return colon > name.lastIndexOf('/') ? name.substring(0, colon) : name;
  }
}
