/**
 * Makes a route match the wanted split, and never an older one: what a route object must say, who
 * may write it, what a read-back proves, and what is owed when it fails or somebody else changes
 * it. All of it is decided here, without a cluster and without a broker.
 */
package dev.sluice.traffic;
