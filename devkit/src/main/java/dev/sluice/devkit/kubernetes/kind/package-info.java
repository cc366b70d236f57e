/**
 * What the server knows about each kind of object: its addresses, subresources, rules and columns.
 */
package dev.sluice.devkit.kubernetes.kind;
