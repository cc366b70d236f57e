/**
 * The language of successCondition and failureCondition: a small interpreter without reflection,
 * bounded in length, depth and steps. Text becomes tokens, an {@code Expression}, natures are
 * checked against the kind of result, and only then anything runs.
 */
package dev.sluice.analysis.condition;
