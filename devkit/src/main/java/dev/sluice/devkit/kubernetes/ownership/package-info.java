/**
 * Who owns which field of an object: what server-side apply merges, takes away and refuses, and
 * what every other write takes over. Fields are named as {@code metadata.managedFields} names them.
 */
package dev.sluice.devkit.kubernetes.ownership;
