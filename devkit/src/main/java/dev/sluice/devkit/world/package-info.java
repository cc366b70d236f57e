/**
 * A whole installation on one machine: the neighbours, the four services as processes of their own,
 * an application's pods and its users.
 */
package dev.sluice.devkit.world;
