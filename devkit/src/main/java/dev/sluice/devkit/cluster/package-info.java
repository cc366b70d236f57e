/** What is in the cluster now, for parts of the devkit that follow it. */
package dev.sluice.devkit.cluster;
