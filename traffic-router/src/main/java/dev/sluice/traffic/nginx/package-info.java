/**
 * ingress-nginx: a canary Ingress beside each stable one, read and written through the Kubernetes
 * API. A write is one request with weight and fence and the resourceVersion that was seen; the next
 * read is the read-back.
 */
package dev.sluice.traffic.nginx;
