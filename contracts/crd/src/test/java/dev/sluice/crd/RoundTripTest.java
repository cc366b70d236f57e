package dev.sluice.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Through the client library's own serialization, as informers read and writers write. */
class RoundTripTest {

  private static final KubernetesSerialization CLIENT = new KubernetesSerialization();
  private static final Path MANIFESTS = Path.of("src/test/resources/dev/sluice/crd/manifests");
  private static final Map<String, Class<? extends HasMetadata>> KINDS =
      Map.of(
          "Rollout", Rollout.class,
          "AnalysisTemplate", AnalysisTemplate.class,
          "ClusterAnalysisTemplate", ClusterAnalysisTemplate.class,
          "AnalysisRun", AnalysisRun.class,
          "Experiment", Experiment.class);

  static Stream<ObjectNode> manifests() throws IOException {
    List<ObjectNode> ours = new ArrayList<>();
    try (Stream<Path> files = Files.list(MANIFESTS)) {
      files.sorted().forEach(file -> ours.addAll(Resources.yaml(file)));
    }
    return ours.stream().filter(object -> KINDS.containsKey(object.get("kind").textValue()));
  }

  static Stream<ObjectNode> objectsWithEveryField() {
    return Resources.yaml(MANIFESTS.resolve("every-field.yaml")).stream();
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void whatIsReadIsWrittenBackEqual(ObjectNode manifest) {
    assertThat(written(read(manifest))).isEqualTo(manifest);
  }

  @ParameterizedTest
  @MethodSource("objectsWithEveryField")
  void theTreeOfAnObjectIsWhatIsWrittenOfIt(ObjectNode manifest) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    for (Object part : parts(read(manifest))) {
      assertThat(((Struct) part).json()).hasToString(mapper.writeValueAsString(part));
    }
  }

  @ParameterizedTest
  @MethodSource("objectsWithEveryField")
  void everyFieldOfArgosIsKnown(ObjectNode manifest) {
    HasMetadata object = read(manifest);
    List<String> unknown = new ArrayList<>();
    for (Object part : parts(object)) {
      StructFields.walk(
          part,
          "",
          (path, struct) ->
              struct.other().keySet().forEach(name -> unknown.add(path + "." + name)));
    }

    assertThat(unknown).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("objectsWithEveryField")
  void aCopyIsEqualAndSharesNothing(ObjectNode manifest) {
    for (Object part : parts(read(manifest))) {
      Struct copy = ((Struct) part).copy();

      assertThat(copy).isEqualTo(part).isNotSameAs(part).hasSameHashCodeAs(part);
      assertThat(copy.json()).isEqualTo(((Struct) part).json());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          Rollout     | {'spec':{'replicas':1,'fromTomorrow':{'a':[1]},'strategy':{'canary':{'steps':[{'dance':true}]}}}}
          Rollout     | {'spec':{'replicas':1},'extra':{'a':1}}
          Rollout     | {'spec':{'template':{'spec':{'containers':[{'name':1,'fromTomorrow':[{}]}]}}}}
          Rollout     | {'spec':{'replicas':'many','paused':'no','strategy':{'canary':{'steps':'none','maxSurge':{}}}}}
          Rollout     | {'spec':{'strategy':{'canary':{'steps':[{'setWeight':10},5]}}}}
          Rollout     | {'spec':null,'status':null}
          Rollout     | {'spec':{'selector':null,'strategy':{'canary':null}}}
          Rollout     | {'spec':'nothing','status':[1]}
          Rollout     | {'spec':{'strategy':{'canary':{'steps':[],'trafficRouting':{'plugins':{'p':{},'q':5}}}}}}
          Rollout     | {'status':{'observedGeneration':3,'canary':{},'blueGreen':{}}}
          Experiment  | {'spec':{'templates':[{'name':'a','replicas':2147483648}]}}
          AnalysisRun | {'spec':{'metrics':[{'name':'m','count':'{{args.n}}','provider':{'plugin':{'p':[1.50,null]}}}]}}
          """)
  void whatTheModelDoesNotKnowOrCannotReadIsKept(String kind, String json) {
    ObjectNode manifest = (ObjectNode) Resources.parse(json);
    manifest
        .put("apiVersion", Api.API_VERSION)
        .put("kind", kind)
        .putObject("metadata")
        .put("name", "x");

    HasMetadata object = read(manifest);

    ObjectNode wanted = manifest.deepCopy();
    // The client library's own wrapper: an explicit null of spec and status is not written.
    if (manifest.path("spec").isNull()) {
      wanted.remove(List.of("spec", "status"));
    }
    assertThat(written(object)).isEqualTo(wanted);
  }

  @Test
  void anyMapperReadsAndWritesAPartByItself() throws IOException {
    JsonNode json = Resources.parse("{'setWeight':5,'fromTomorrow':1}");

    CanaryStep step = Resources.JSON.readValue(json.toString(), CanaryStep.class);

    assertThat(step.setWeight).isEqualTo(5);
    assertThat(Resources.JSON.<JsonNode>valueToTree(step)).isEqualTo(json);
  }

  @Test
  void whatCannotBeReadIsNamed() {
    Rollout rollout =
        CLIENT.unmarshal(
            """
            {"spec": {"replicas": "many",
              "strategy": {"canary": {"steps": [{"setWeight": 10}, {"pause": {"duration": 1.5}}, {"setWeight": "20"}],
                "analysis": {"startingStep": true}}}}}
            """,
            Rollout.class);

    assertThat(rollout.getSpec().problems("spec"))
        .extracting(problem -> problem.path() + ": " + problem.message())
        .containsExactly(
            "spec.replicas: must be a whole number",
            "spec.strategy.canary.steps[1].pause.duration: must be a whole number or a string",
            "spec.strategy.canary.steps[2].setWeight: must be a whole number",
            "spec.strategy.canary.analysis.startingStep: must be a whole number");
    assertThat(rollout.getSpec().strategy.canary.steps.getFirst().setWeight).isEqualTo(10);
  }

  @Test
  void aSpecThatIsNoObjectIsNamed() {
    Rollout rollout = CLIENT.unmarshal("{\"spec\": \"nothing\"}", Rollout.class);

    assertThat(rollout.getSpec().problems("spec"))
        .extracting(Struct.Problem::path, Struct.Problem::message)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("spec", "must be an object"));
  }

  @Test
  void aFieldThatIsSetReplacesWhatCouldNotBeRead() {
    RolloutSpec spec = Struct.read(Resources.parse("{'replicas':'many'}"), RolloutSpec.class);

    spec.replicas = 3;

    assertThat(spec.json()).isEqualTo(Resources.parse("{'replicas':3}"));
  }

  private static HasMetadata read(ObjectNode manifest) {
    return CLIENT.unmarshal(manifest.toString(), KINDS.get(manifest.get("kind").textValue()));
  }

  private static ObjectNode written(HasMetadata object) {
    return (ObjectNode) Resources.parse(CLIENT.asJson(object).replace("'", "\\u0027"));
  }

  private static List<Object> parts(HasMetadata object) {
    List<Object> parts = new ArrayList<>();
    switch (object) {
      case Rollout rollout -> parts.addAll(List.of(rollout.getSpec(), rollout.getStatus()));
      case AnalysisTemplate template -> parts.add(template.getSpec());
      case ClusterAnalysisTemplate template -> parts.add(template.getSpec());
      case AnalysisRun run -> parts.addAll(List.of(run.getSpec(), run.getStatus()));
      case Experiment experiment ->
          parts.addAll(List.of(experiment.getSpec(), experiment.getStatus()));
      default -> throw new IllegalArgumentException(object.getKind());
    }
    return parts;
  }
}
