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

/** One analysis, with its measurements. Status is written through the main resource. */
@Group(Api.GROUP)
@Version(Api.VERSION)
@Kind("AnalysisRun")
@Plural("analysisruns")
@Singular("analysisrun")
@ShortNames("ar")
public class AnalysisRun extends CustomResource<AnalysisRunSpec, AnalysisRunStatus>
    implements Namespaced {

  private final Map<String, JsonNode> other = new LinkedHashMap<>();

  /** An object without spec and status. */
  public AnalysisRun() {}

  @Override
  protected AnalysisRunSpec initSpec() {
    return null;
  }

  @Override
  protected AnalysisRunStatus initStatus() {
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
