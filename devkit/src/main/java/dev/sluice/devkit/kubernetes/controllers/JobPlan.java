package dev.sluice.devkit.kubernetes.controllers;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobConditionBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatusBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a Job needs now: a pure function of the Job, its pods and the time. Played are parallelism,
 * completions and the limit of failures, with its growing delay.
 *
 * @param create number of pods to make
 * @param delete names of the pods to take away
 * @param status as the Job should show it
 * @param again when a failed pod may be followed by another
 */
record JobPlan(int create, List<String> delete, JobStatus status, Optional<Duration> again) {
  private static final Set<String> FINISHED = Set.of("Complete", "Failed");
  private static final Duration FIRST_DELAY = Duration.ofSeconds(10);
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(10);

  static JobPlan of(Job job, List<Pod> all, Instant now) {
    if (isFinished(job) || job.getMetadata().getDeletionTimestamp() != null) {
      return new JobPlan(0, List.of(), job.getStatus(), Optional.empty());
    }
    String uid = job.getMetadata().getUid();
    List<Pod> pods = all.stream().filter(pod -> Pods.isOwnedBy(pod, uid)).toList();
    List<Pod> active = pods.stream().filter(Pods::isActive).toList();
    List<Pod> failed = pods.stream().filter(pod -> Pods.hasPhase(pod, "Failed")).toList();
    int succeeded = (int) pods.stream().filter(pod -> Pods.hasPhase(pod, "Succeeded")).count();
    JobStatusBuilder status = status(job, active, succeeded, failed.size(), now);
    int completions = Optional.ofNullable(job.getSpec().getCompletions()).orElse(1);

    if (failed.size() > Optional.ofNullable(job.getSpec().getBackoffLimit()).orElse(6)) {
      return over(active, failed(status, now));
    }
    if (succeeded >= completions) {
      return over(active, complete(status, now));
    }
    int parallelism = Optional.ofNullable(job.getSpec().getParallelism()).orElse(1);
    int missing = Math.min(parallelism, completions - succeeded) - active.size();
    Optional<Duration> delay = delay(failed, now);
    return missing > 0 && delay.isPresent()
        ? new JobPlan(0, List.of(), status.build(), delay)
        : new JobPlan(Math.max(0, missing), List.of(), status.build(), Optional.empty());
  }

  private static boolean isFinished(Job job) {
    return job.getStatus() != null
        && job.getStatus().getConditions().stream()
            .anyMatch(condition ->
                FINISHED.contains(condition.getType()) && condition.getStatus().equals("True"));
  }

  private static JobStatusBuilder status(
      Job job, List<Pod> active, int succeeded, int failed, Instant now) {
    String since = job.getStatus() == null ? null : job.getStatus().getStartTime();
    // Zero counts are left out, but for that of ready pods, as the real controller's type does.
    return new JobStatusBuilder()
        .withStartTime(since == null ? time(now) : since)
        .withActive(orNull(active.size()))
        .withReady((int) active.stream().filter(Pods::isReady).count())
        .withSucceeded(orNull(succeeded))
        .withFailed(orNull(failed));
  }

  /** No pod of it runs on. */
  private static JobPlan over(List<Pod> active, JobStatusBuilder status) {
    return new JobPlan(
        0,
        active.stream().map(pod -> pod.getMetadata().getName()).toList(),
        status.withActive(null).withReady(0).build(),
        Optional.empty());
  }

  private static JobStatusBuilder complete(JobStatusBuilder status, Instant now) {
    String reason = "CompletionsReached";
    String message = "Reached expected number of succeeded pods";
    return status
        .withCompletionTime(time(now))
        .withConditions(
            condition("SuccessCriteriaMet", reason, message, now),
            condition("Complete", reason, message, now));
  }

  private static JobStatusBuilder failed(JobStatusBuilder status, Instant now) {
    String reason = "BackoffLimitExceeded";
    String message = "Job has reached the specified backoff limit";
    return status.withConditions(
        condition("FailureTarget", reason, message, now),
        condition("Failed", reason, message, now));
  }

  private static JobCondition condition(String type, String reason, String message, Instant now) {
    return new JobConditionBuilder()
        .withType(type)
        .withStatus("True")
        .withReason(reason)
        .withMessage(message)
        .withLastProbeTime(time(now))
        .withLastTransitionTime(time(now))
        .build();
  }

  /** What is left of the time between the last failure and the next attempt. */
  private static Optional<Duration> delay(List<Pod> failed, Instant now) {
    return failed.stream()
        .flatMap(pod -> Pods.endedAt(pod).stream())
        .max(Comparator.naturalOrder())
        .map(last -> Duration.between(now, last.plus(delay(failed.size()))))
        .filter(Duration::isPositive);
  }

  private static Duration delay(int failures) {
    Duration doubled = FIRST_DELAY.multipliedBy(1L << Math.min(failures - 1, 10));
    return doubled.compareTo(LONGEST_DELAY) < 0 ? doubled : LONGEST_DELAY;
  }

  private static Integer orNull(int count) {
    return count == 0 ? null : count;
  }

  private static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
