package dev.sluice.devkit.prometheus;

import java.time.Clock;
import java.util.concurrent.CountDownLatch;

/** A {@link ScriptedPrometheus} as a process of its own; runs until it is told to stop. */
public final class ScriptedPrometheusMain {

  private ScriptedPrometheusMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    int port = 0;
    if (arguments.length == 2 && arguments[0].equals("--port")) {
      port = Integer.parseInt(arguments[1]);
    } else if (arguments.length > 0) {
      System.err.println("usage: ScriptedPrometheusMain [--port PORT]");
      System.exit(2);
    }
    var prometheus = new ScriptedPrometheus(port, Clock.systemUTC());
    System.out.println("scripted prometheus ready at " + prometheus.url());
    new CountDownLatch(1).await();
  }
}
