package dev.sluice.devkit.kubernetes.controllers;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * The player of pods as a process of its own, for any API server; runs until it is told to stop.
 * Pods of Jobs run their commands on this machine.
 */
public final class PodPlayerMain {
  private static final String USAGE =
      "usage: PodPlayerMain --kubeconfig FILE [--namespace NAMESPACE ...]";

  private PodPlayerMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    Path kubeconfig = null;
    Set<String> namespaces = new HashSet<>();
    try {
      for (Iterator<String> rest = Arrays.asList(arguments).iterator(); rest.hasNext(); ) {
        switch (rest.next()) {
          case "--kubeconfig" -> kubeconfig = Path.of(rest.next());
          case "--namespace" -> namespaces.add(rest.next());
          default -> throw new IllegalArgumentException(USAGE);
        }
      }
    } catch (RuntimeException unreadable) {
      kubeconfig = null;
    }
    if (kubeconfig == null) {
      System.err.println(USAGE);
      System.exit(2);
    }
    LocalPods pods = new LocalPods();
    Controllers player = Controllers.startPods(kubeconfig, pods, namespaces);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              player.close();
              pods.close();
            }));
    System.out.println("pod player ready with " + kubeconfig);
    new CountDownLatch(1).await();
  }
}
