package dev.sluice.devkit.kubernetes.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class JobPlanTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

  @Test
  void aNewJobGetsAsManyPodsAsMayRunAtOnce() {
    assertThat(JobPlan.of(job(1, 1, 0), List.of(), NOW).create()).isEqualTo(1);
    assertThat(JobPlan.of(job(2, 5, 0), List.of(), NOW).create()).isEqualTo(2);
    assertThat(JobPlan.of(job(2, 5, 0), List.of(), NOW).status().getStartTime())
        .isEqualTo("2026-11-23T10:00:00Z");
  }

  @Test
  void noMorePodsAreMadeThanCompletionsAreMissing() {
    List<Pod> pods = List.of(pod("Succeeded", 9), pod("Succeeded", 8), pod("Running", 0));

    JobPlan plan = JobPlan.of(job(3, 4, 0), pods, NOW);

    assertThat(plan.create()).isEqualTo(1);
    assertThat(plan.status().getSucceeded()).isEqualTo(2);
    assertThat(plan.status().getActive()).isEqualTo(1);
    assertThat(plan.status().getConditions()).isEmpty();
  }

  @Test
  void enoughSuccessesMakeItComplete() {
    JobPlan plan = JobPlan.of(job(1, 1, 0), List.of(pod("Succeeded", 1)), NOW);

    assertThat(plan.create()).isZero();
    assertThat(plan.status().getConditions())
        .extracting(JobCondition::getType)
        .containsExactly("SuccessCriteriaMet", "Complete");
    assertThat(plan.status().getCompletionTime()).isEqualTo("2026-11-23T10:00:00Z");
    assertThat(plan.status().getActive()).isNull();
  }

  @Test
  void moreFailuresThanAllowedMakeItFailedAndTakeTheOthersAway() {
    List<Pod> pods = List.of(pod("Failed", 60), pod("Failed", 1), pod("Running", 0));

    assertThat(JobPlan.of(job(2, 2, 2), pods, NOW).status().getConditions()).isEmpty();
    JobPlan plan = JobPlan.of(job(2, 2, 1), pods, NOW);

    assertThat(plan.status().getConditions())
        .extracting(JobCondition::getType)
        .containsExactly("FailureTarget", "Failed");
    assertThat(plan.status().getFailed()).isEqualTo(2);
    assertThat(plan.delete()).containsExactly("running-0");
    assertThat(plan.create()).isZero();
  }

  @Test
  void eachFailureIsFollowedByALongerDelay() {
    JobPlan first = JobPlan.of(job(1, 1, 6), List.of(pod("Failed", 4)), NOW);
    JobPlan second = JobPlan.of(job(1, 1, 6), List.of(pod("Failed", 14), pod("Failed", 4)), NOW);

    assertThat(first.create()).isZero();
    assertThat(first.again()).contains(Duration.ofSeconds(6));
    assertThat(second.again()).contains(Duration.ofSeconds(16));
    assertThat(JobPlan.of(job(1, 1, 6), List.of(pod("Failed", 10)), NOW).create()).isEqualTo(1);
  }

  @Test
  void aJobThatIsOverOrGoingIsLeftAlone() {
    Job failed =
        new JobBuilder(job(1, 1, 0))
            .withNewStatus()
            .addNewCondition()
            .withType("Failed")
            .withStatus("True")
            .endCondition()
            .endStatus()
            .build();
    Job going =
        new JobBuilder(job(1, 1, 0))
            .editMetadata()
            .withDeletionTimestamp("2026-11-23T10:00:00Z")
            .endMetadata()
            .build();

    assertThat(JobPlan.of(failed, List.of(), NOW).create()).isZero();
    assertThat(JobPlan.of(failed, List.of(), NOW).status()).isEqualTo(failed.getStatus());
    assertThat(JobPlan.of(going, List.of(), NOW).create()).isZero();
  }

  private static Job job(int parallelism, int completions, int backoffLimit) {
    return new JobBuilder()
        .withNewMetadata()
        .withName("check")
        .withUid("job")
        .endMetadata()
        .withNewSpec()
        .withParallelism(parallelism)
        .withCompletions(completions)
        .withBackoffLimit(backoffLimit)
        .endSpec()
        .build();
  }

  /** Named by its phase and by how long ago it ended. */
  private static Pod pod(String phase, int secondsAgo) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(phase.toLowerCase(Locale.ROOT) + "-" + secondsAgo)
        .addNewOwnerReference()
        .withKind("Job")
        .withUid("job")
        .withController(true)
        .endOwnerReference()
        .endMetadata()
        .withNewStatus()
        .withPhase(phase)
        .addNewContainerStatus()
        .withNewState()
        .withNewTerminated()
        .withFinishedAt(NOW.minusSeconds(secondsAgo).toString())
        .endTerminated()
        .endState()
        .endContainerStatus()
        .endStatus()
        .build();
  }
}
