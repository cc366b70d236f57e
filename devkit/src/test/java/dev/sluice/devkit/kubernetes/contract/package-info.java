/**
 * What Sluice expects of a Kubernetes API, as tests that know nothing but a kubeconfig. They run on
 * the devkit's server, and on any other when the environment variable SLUICE_CONTRACT_KUBECONFIG
 * names its kubeconfig.
 */
package dev.sluice.devkit.kubernetes.contract;
