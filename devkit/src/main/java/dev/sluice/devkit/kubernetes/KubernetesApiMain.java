package dev.sluice.devkit.kubernetes;

import dev.sluice.devkit.kubernetes.controllers.LocalPods;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.concurrent.CountDownLatch;

/** The API server as a process of its own; runs until it is told to stop. */
public final class KubernetesApiMain {
  private static final String USAGE =
      "usage: KubernetesApiMain [--port PORT] [--kubeconfig FILE] [--crds FOLDER] [--with-controllers]";

  private KubernetesApiMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    KubernetesApi.Options options = KubernetesApi.Options.defaults();
    Path crds = null;
    boolean controllers = false;
    try {
      for (Iterator<String> rest = Arrays.asList(arguments).iterator(); rest.hasNext(); ) {
        switch (rest.next()) {
          case "--port" -> options = options.withPort(Integer.parseInt(rest.next()));
          case "--kubeconfig" -> options = options.withKubeconfig(Path.of(rest.next()));
          case "--crds" -> crds = Path.of(rest.next());
          case "--with-controllers" -> controllers = true;
          default -> throw new IllegalArgumentException(USAGE);
        }
      }
    } catch (RuntimeException unreadable) {
      System.err.println(USAGE);
      System.exit(2);
    }
    KubernetesApi api = KubernetesApi.start(options);
    Runtime.getRuntime().addShutdownHook(new Thread(api::close));
    if (crds == null) {
      api.installCrds();
    } else {
      api.installCrds(crds);
    }
    if (controllers) {
      LocalPods pods = new LocalPods();
      Runtime.getRuntime().addShutdownHook(new Thread(pods::close));
      api.startControllers(pods);
    }
    System.out.println("kubernetes api ready at " + api.url() + " kubeconfig " + api.kubeconfig());
    new CountDownLatch(1).await();
  }
}
