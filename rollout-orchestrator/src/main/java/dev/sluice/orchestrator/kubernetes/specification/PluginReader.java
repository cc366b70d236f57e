package dev.sluice.orchestrator.kubernetes.specification;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.crd.CanaryStep;
import dev.sluice.orchestrator.Step;

/**
 * Which plugin a step calls: one that runs somewhere, at an address that the installation allows.
 * Its {@code config} is its own but for {@code url}.
 */
final class PluginReader {

  private static final String URL = "url";

  private final Rules rules;

  PluginReader(Rules rules) {
    this.rules = rules;
  }

  Step.Plugin read(String path, CanaryStep.Plugin plugin) throws InvalidManifest {
    String name = plugin.name == null ? "" : plugin.name;
    if (name.isEmpty()) {
      throw InvalidManifest.required(path + ".name", "a step plugin has a name");
    }
    boolean disabled = rules.disabledPlugins().contains(name);
    if (disabled) {
      return new Step.Plugin(name, "", "{}", true);
    }
    String at = path + ".config";
    if (!(plugin.config instanceof ObjectNode config)) {
      throw InvalidManifest.required(at, "it is an object with the plugin's url");
    }
    String url = url(at + "." + URL, config.get(URL));
    ObjectNode own = config.deepCopy();
    own.remove(URL);
    return new Step.Plugin(name, url, own.toString(), false);
  }

  private String url(String path, JsonNode json) throws InvalidManifest {
    String url = json == null ? "" : json.asText();
    if (url.isEmpty()) {
      throw InvalidManifest.required(
          path, "Sluice downloads no plugin: write where it runs, as in http://smoke.testing:8080");
    }
    if (!AllowedEndpoints.isPlain(url)) {
      throw InvalidManifest.invalid(path, url, "it has scheme, host, port and path alone");
    }
    if (!rules.endpoints().cover(url)) {
      throw InvalidManifest.invalid(
          path, url, "is not allowed here: start Sluice with --allow-endpoint " + url);
    }
    return url;
  }
}
