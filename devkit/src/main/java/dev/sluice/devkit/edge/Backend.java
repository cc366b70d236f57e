package dev.sluice.devkit.edge;

/**
 * A pod that answers.
 *
 * @param pod its name
 * @param podHash of its template; empty if it has none
 * @param port on 127.0.0.1
 */
record Backend(String pod, String podHash, int port) {}
