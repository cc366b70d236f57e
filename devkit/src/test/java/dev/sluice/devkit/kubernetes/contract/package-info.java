/**
 * What Sluice expects of a Kubernetes API, as tests that know nothing but a kubeconfig. They run on
 * the devkit's server, and as one suite on a real one where KUBEBUILDER_ASSETS names its programs;
 * on any other when SLUICE_CONTRACT_KUBECONFIG names its kubeconfig.
 */
package dev.sluice.devkit.kubernetes.contract;
