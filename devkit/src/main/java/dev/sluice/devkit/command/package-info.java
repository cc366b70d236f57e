/** {@code ./sluice VERB NAME}: the patches that the kubectl plugin of Argo Rollouts sends. */
package dev.sluice.devkit.command;
