package dev.sluice.devkit.command;

import java.util.LinkedHashMap;
import java.util.Map;

/** How each command about an object is written. */
final class Verbs {

  private static final String WHERE = " [-n NAMESPACE] [--kubeconfig FILE]";

  /** By the first word, in the order in which they are shown. */
  static final Map<String, String> USAGE = usage();

  private Verbs() {}

  private static Map<String, String> usage() {
    var usage = new LinkedHashMap<String, String>();
    usage.put("status", "status NAME" + WHERE);
    usage.put("promote", "promote NAME [--full]" + WHERE);
    usage.put("abort", "abort NAME" + WHERE);
    usage.put("retry", "retry [rollout|experiment] NAME" + WHERE);
    usage.put("pause", "pause NAME" + WHERE);
    usage.put("undo", "undo NAME [--to-revision=N]" + WHERE);
    usage.put("restart", "restart NAME" + WHERE);
    usage.put("set", "set image NAME CONTAINER=IMAGE" + WHERE);
    usage.put("terminate", "terminate analysisrun|experiment NAME" + WHERE);
    return usage;
  }
}
