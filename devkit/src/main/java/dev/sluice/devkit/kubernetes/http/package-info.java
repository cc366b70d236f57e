/**
 * The HTTP edge: addresses, media types, discovery and watch streams; all deciding is done behind
 * it.
 */
package dev.sluice.devkit.kubernetes.http;
