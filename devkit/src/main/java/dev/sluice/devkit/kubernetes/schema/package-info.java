/**
 * What a CustomResourceDefinition's structural schema does to an object: pruning, defaulting,
 * validation.
 */
package dev.sluice.devkit.kubernetes.schema;
