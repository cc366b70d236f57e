#!/bin/sh
# Runs once at every start of docker-compose.yml: makes the cluster ready for Sluice, and shows it to the services.
set -eu
folder=/kubeconfig
export KUBECONFIG="$folder/services.yaml.new"

# k3s writes where it is for itself; from another container it is under its name.
cp "$folder/k3s.yaml" "$KUBECONFIG"
kubectl config set-cluster default --server=https://k3s:6443

kubectl apply --server-side -f /deploy/crds
kubectl wait --for=condition=Established --timeout=120s -f /deploy/crds

# The first time only: later the Rollout has another image, and applying its manifest would be a rollback.
example=/deploy/examples/checkout-service
if ! kubectl -n production get rollout checkout-service >/dev/null 2>&1; then
  kubectl apply -f "$example/namespace.yaml" -f "$example/ingress.yaml" -f "$example/checkout-service.yaml"
fi

# Readable for the user of the images alone, and there only when it is whole.
chown 10001 "$KUBECONFIG"
chmod 400 "$KUBECONFIG"
mv "$KUBECONFIG" "$folder/services.yaml"
