package dev.sluice.crd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PodTemplateHashTest {

  private static final String PORT =
      "{'metadata':{'labels':{'app':'a'}},'spec':{'containers':[{'name':'c','image':'i',%s}]}}";

  static Stream<JsonNode> recorded() {
    return Resources.rows("recorded-pod-templates.json");
  }

  static Stream<JsonNode> filledByGo() {
    return Resources.stream(Resources.json("go-vectors.json").get("templates"));
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void everyReplicaSetThatArgoNamedGetsTheSameName(JsonNode row) {
    assertThat(hash(row.get("template"))).isEqualTo(row.get("hash").textValue());
  }

  @ParameterizedTest
  @CsvSource({"674d8cf959,66597877b7", "6b56c8cdb4,868d98995b"})
  void theNamesThatArgoGaveUpTo18AreKnownToo(String now, String before) {
    JsonNode row =
        recorded().filter(each -> each.get("hash").asText().equals(now)).findFirst().orElseThrow();

    assertThat(PodTemplateHash.upTo18((ObjectNode) row.get("template"), null)).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("filledByGo")
  void everyFieldIsHashedAsGoWritesIt(JsonNode row) {
    Integer collisions = row.has("collisionCount") ? row.get("collisionCount").intValue() : null;

    assertThat(PodTemplateHash.of((ObjectNode) row.get("template"), collisions))
        .isEqualTo(row.get("hash").textValue());
  }

  @Test
  void collisionCountGivesAnotherHash() {
    ObjectNode template = (ObjectNode) recorded().findFirst().orElseThrow().get("template");

    assertThat(PodTemplateHash.of(template, 0)).isNotEqualTo(PodTemplateHash.of(template, null));
    assertThat(PodTemplateHash.of(template, 1)).isNotEqualTo(PodTemplateHash.of(template, 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'ports':[{'containerPort':80}]               | 'ports':[{'containerPort':80,'protocol':'TCP'}]
          'livenessProbe':{'grpc':{'port':1}}          | 'livenessProbe':{'grpc':{'port':1,'service':''}}
          'env':[{'name':'E','valueFrom':{'fileKeyRef':{'volumeName':'v','path':'p','key':'k'}}}] | \
          'env':[{'name':'E','valueFrom':{'fileKeyRef':{'volumeName':'v','path':'p','key':'k','optional':false}}}]
          'envFrom':[{'secretRef':{}}]                 | 'envFrom':[{'secretRef':{'name':''}}]
          'resources':{'limits':{'cpu':'1000m'}}       | 'resources':{'limits':{'cpu':1}}
          'resources':{'limits':{'cpu':0.5}}           | 'resources':{'limits':{'cpu':'500m'}}
          'unknown':{'to':'Kubernetes'}                | 'resources':{}
          'command':[]                                 | 'command':null
          """,
      quoteCharacter = '~')
  void whatTheApiServerStoresAlikeHashesAlike(String one, String other) {
    assertThat(hash(Resources.parse(PORT.formatted(one))))
        .isEqualTo(hash(Resources.parse(PORT.formatted(other))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'ports':[{'containerPort':80,'protocol':'UDP'}]          | 'ports':[{'containerPort':80}]
          'livenessProbe':{'tcpSocket':{'port':80}}                | 'livenessProbe':{'tcpSocket':{'port':'80'}}
          'securityContext':{'privileged':false}                   | 'securityContext':{}
          'args':['a','b']                                         | 'args':['b','a']
          """,
      quoteCharacter = '~')
  void whatPodsWouldNoticeHashesApart(String one, String other) {
    assertThat(hash(Resources.parse(PORT.formatted(one))))
        .isNotEqualTo(hash(Resources.parse(PORT.formatted(other))));
  }

  @Test
  void nothingIsDefaultedInVolumesBecauseArgosSchemaLeavesThemOpen() {
    String disk =
        "{'spec':{'containers':[],'volumes':[{'name':'v','azureDisk':{'diskName':'d'%s}}]}}";

    assertThat(hash(Resources.parse(disk.formatted(""))))
        .isNotEqualTo(hash(Resources.parse(disk.formatted(",'fsType':'ext4'"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'image':5                               | spec.template.spec.containers[0].image: must be a string, but is 5
          'ports':[{'containerPort':'80'}]        | spec.template.spec.containers[0].ports[0].containerPort: must be a whole number, but is "80"
          'resources':{'limits':{'cpu':'a lot'}}  | spec.template.spec.containers[0].resources.limits.cpu: "a lot" is not a quantity such as 500m
          """,
      quoteCharacter = '~')
  void aMemberOfTheWrongTypeIsNamed(String member, String message) {
    JsonNode template = Resources.parse(PORT.formatted(member));

    assertThatIllegalArgumentException().isThrownBy(() -> hash(template)).withMessage(message);
  }

  private static String hash(JsonNode template) {
    return PodTemplateHash.of((ObjectNode) template, null);
  }
}
