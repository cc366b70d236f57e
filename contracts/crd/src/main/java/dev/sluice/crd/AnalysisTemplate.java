package dev.sluice.crd;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.LinkedHashMap;
import java.util.Map;

/** Metrics and conditions for runs in its own namespace. Has no subresources. */
@Group(Api.GROUP)
@Version(Api.VERSION)
@Kind("AnalysisTemplate")
@Plural("analysistemplates")
@Singular("analysistemplate")
@ShortNames("at")
public class AnalysisTemplate extends CustomResource<AnalysisTemplateSpec, Void>
    implements Namespaced {

  private final Map<String, JsonNode> other = new LinkedHashMap<>();

  /** An object without spec and status. */
  public AnalysisTemplate() {}

  @Override
  protected AnalysisTemplateSpec initSpec() {
    return null;
  }

  @Override
  protected Void initStatus() {
    return null;
  }

  /** Members beside metadata, spec and status. */
  @JsonAnyGetter
  public Map<String, JsonNode> getOther() {
    return other;
  }

  /** Keeps a member that is not known. */
  @JsonAnySetter
  public void setOther(String name, JsonNode value) {
    other.put(name, value);
  }
}
