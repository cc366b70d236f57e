package dev.sluice.orchestrator;

/**
 * Which Rollout. The same name with a new uid is another Rollout.
 *
 * @param uid of the object
 * @param namespace of the object
 * @param name of the object
 */
public record Identity(String uid, String namespace, String name) {}
