/**
 * Where users' requests come in: an HTTP proxy that splits traffic by Ingress objects as
 * ingress-nginx does, and a generator of such requests that counts who answered.
 */
package dev.sluice.devkit.edge;
