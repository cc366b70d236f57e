/**
 * What the API server asks before it stores a Rollout, where a ValidatingWebhookConfiguration makes
 * it ask. The rules are those that a stored Rollout is read by; an answer changes nothing.
 */
package dev.sluice.orchestrator.kubernetes.admission;
