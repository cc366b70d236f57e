package dev.sluice.metrics;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Addresses of providers in one form, so that equal ones are equal. */
final class Address {

  private Address() {}

  /**
   * Scheme and host in lower case, the port always there, no slash at the end of the path.
   *
   * @throws IllegalArgumentException saying what is wrong, without credentials
   */
  static URI normalised(String text) {
    URI uri;
    try {
      uri = new URI(text.strip()).normalize();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("is no address: " + e.getReason(), e);
    }
    if (uri.getScheme() == null || uri.getHost() == null) {
      throw new IllegalArgumentException("has no scheme and host, as in http://prometheus:9090");
    }
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException("is neither http nor https");
    }
    if (uri.getRawUserInfo() != null) {
      throw new IllegalArgumentException("has credentials in it, where everybody reads them");
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("has a query or fragment: only scheme, host, port, path");
    }
    String path = uri.getRawPath().replaceAll("/+$", "");
    // Servers decode before they walk up: what normalize() saw is not what they would see.
    if (path.contains("%") || path.contains("..") || path.contains("\\") || path.contains(";")) {
      throw new IllegalArgumentException("has a path that can be read in two ways");
    }
    int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
    return URI.create(scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + ":" + port + path);
  }

  /** Whether scheme, host and port are equal, and the path lies at or below the other's. */
  static boolean isWithin(URI address, URI listed) {
    return address.getScheme().equals(listed.getScheme())
        && address.getHost().equals(listed.getHost())
        && address.getPort() == listed.getPort()
        && (address.getRawPath() + "/").startsWith(listed.getRawPath() + "/");
  }
}
