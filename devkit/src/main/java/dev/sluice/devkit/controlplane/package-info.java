/**
 * A real Kubernetes control plane as child processes: etcd, kube-apiserver and those controllers
 * that are asked for, from the folder of programs that the environment names.
 */
package dev.sluice.devkit.controlplane;
