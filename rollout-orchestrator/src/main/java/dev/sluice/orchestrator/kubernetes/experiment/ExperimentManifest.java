package dev.sluice.orchestrator.kubernetes.experiment;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.crd.AnalysisArgument;
import dev.sluice.crd.Api;
import dev.sluice.crd.Experiment;
import dev.sluice.crd.ExperimentSpec;
import dev.sluice.crd.ExperimentStep;
import dev.sluice.crd.LabelSelector;
import dev.sluice.crd.Rollout;
import dev.sluice.crd.Struct;
import dev.sluice.crd.TemplateMetadata;
import dev.sluice.crd.TemplateService;
import dev.sluice.orchestrator.ExperimentPlan;
import dev.sluice.orchestrator.StepExperiment;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The Experiment object of a step. Its templates are those of the ReplicaSets with all that the API
 * server and we have added, so that what is tried is what runs.
 */
public final class ExperimentManifest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Rollout rollout;
  private final StepExperiment experiment;
  private final ExperimentStep step;
  private final ReplicaSet canary;
  private final ReplicaSet stable;

  /**
   * What the object is made of.
   *
   * @param canary the ReplicaSet of the wanted revision; null where it is not there
   * @param stable the ReplicaSet of the stable revision; null where it is not there
   */
  public ExperimentManifest(
      Rollout rollout, StepExperiment experiment, ReplicaSet canary, ReplicaSet stable) {
    this.rollout = rollout;
    this.experiment = experiment;
    this.step = rollout.getSpec().strategy.canary.steps.get(experiment.step()).experiment;
    this.canary = canary;
    this.stable = stable;
  }

  /** Whether all ReplicaSets are there that the templates are copied from. */
  public boolean isComplete() {
    return step.templates.stream().allMatch(template -> source(template) != null);
  }

  /**
   * The object, not yet taken up.
   *
   * @param owner its Rollout
   * @param annotations that we add to Argo's
   */
  public Experiment object(OwnerReference owner, Map<String, String> annotations) {
    Map<String, String> labels = new TreeMap<>();
    if (rollout.getMetadata().getLabels() != null) {
      labels.putAll(rollout.getMetadata().getLabels());
    }
    labels.put(Api.POD_TEMPLATE_HASH_LABEL, experiment.podHash());
    Map<String, String> allAnnotations = new TreeMap<>(annotations);
    allAnnotations.put(Api.REVISION, Integer.toString(experiment.revision()));
    Experiment object = new Experiment();
    object.setMetadata(
        new ObjectMetaBuilder()
            .withName(experiment.name())
            .withNamespace(rollout.getMetadata().getNamespace())
            .withLabels(labels)
            .withAnnotations(allAnnotations)
            .withOwnerReferences(owner)
            .build());
    object.setSpec(spec());
    return object;
  }

  private ExperimentSpec spec() {
    ExperimentSpec spec = new ExperimentSpec();
    spec.templates = step.templates.stream().map(this::template).toList();
    spec.duration = step.duration;
    spec.progressDeadlineSeconds = rollout.getSpec().progressDeadlineSeconds;
    spec.scaleDownDelaySeconds = step.scaleDownDelaySeconds;
    spec.dryRun = step.dryRun;
    // An empty structure where there is none, as Go writes it: tools compare objects.
    spec.analysisRunMetadata =
        step.analysisRunMetadata == null ? new TemplateMetadata() : step.analysisRunMetadata;
    spec.analyses = analyses();
    return spec;
  }

  private ExperimentSpec.Template template(ExperimentStep.Template wanted) {
    ReplicaSet source = source(wanted);
    ExperimentSpec.Template template = new ExperimentSpec.Template();
    template.name = wanted.name;
    template.replicas = wanted.replicas;
    Integer ready = source.getSpec().getMinReadySeconds();
    template.minReadySeconds = ready == null || ready == 0 ? null : ready;
    template.template = MAPPER.valueToTree(source.getSpec().getTemplate());
    template.selector =
        wanted.selector == null
            ? Struct.read(MAPPER.valueToTree(source.getSpec().getSelector()), LabelSelector.class)
            : Struct.read(wanted.selector.json(), LabelSelector.class);
    addMetadata(template, wanted.metadata);
    template.service = service(wanted);
    return template;
  }

  private ReplicaSet source(ExperimentStep.Template template) {
    return template.specRef.equals("canary") ? canary : stable;
  }

  // What tells the pods apart from others is selected, too.
  private static void addMetadata(ExperimentSpec.Template template, TemplateMetadata more) {
    if (more == null) {
      return;
    }
    ObjectNode metadata = template.template.withObjectProperty("metadata");
    if (more.labels != null && !more.labels.isEmpty()) {
      more.labels.forEach(metadata.withObjectProperty("labels")::put);
      Map<String, String> selected = new TreeMap<>();
      if (template.selector.matchLabels != null) {
        selected.putAll(template.selector.matchLabels);
      }
      selected.putAll(more.labels);
      template.selector.matchLabels = selected;
    }
    if (more.annotations != null && !more.annotations.isEmpty()) {
      more.annotations.forEach(metadata.withObjectProperty("annotations")::put);
    }
  }

  // What has a share of the traffic needs a Service.
  private static TemplateService service(ExperimentStep.Template wanted) {
    if (wanted.weight == null && wanted.service == null) {
      return null;
    }
    TemplateService service = new TemplateService();
    boolean isNamed =
        wanted.service != null && wanted.service.name != null && !wanted.service.name.isEmpty();
    service.name = isNamed ? wanted.service.name : null;
    return service;
  }

  private List<ExperimentSpec.Analysis> analyses() {
    if (step.analyses == null || step.analyses.isEmpty()) {
      return null;
    }
    List<ExperimentSpec.Analysis> analyses = new ArrayList<>();
    for (int i = 0; i < step.analyses.size(); i++) {
      ExperimentStep.Analysis wanted = step.analyses.get(i);
      ExperimentSpec.Analysis analysis = new ExperimentSpec.Analysis();
      analysis.name = wanted.name;
      analysis.templateName = wanted.templateName;
      analysis.clusterScope = wanted.clusterScope;
      analysis.requiredForCompletion = wanted.requiredForCompletion;
      analysis.args = arguments(experiment.plan().analyses().get(i));
      analyses.add(analysis);
    }
    return analyses;
  }

  private static List<AnalysisArgument> arguments(ExperimentPlan.Analysis analysis) {
    List<AnalysisArgument> arguments = new ArrayList<>();
    for (ExperimentPlan.Argument each : analysis.arguments()) {
      AnalysisArgument argument = new AnalysisArgument();
      argument.name = each.name();
      argument.value = each.value();
      arguments.add(argument);
    }
    return arguments.isEmpty() ? null : arguments;
  }
}
