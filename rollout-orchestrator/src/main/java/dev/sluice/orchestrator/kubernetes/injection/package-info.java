/**
 * What pods get beside what their user wrote into the template: metadata that says which part they
 * play, and rules that keep two revisions on different nodes. No hash and no comparison sees it.
 */
package dev.sluice.orchestrator.kubernetes.injection;
