package dev.sluice.orchestrator.kubernetes.admission;

import dev.sluice.crd.Rollout;
import dev.sluice.orchestrator.kubernetes.specification.References;
import dev.sluice.orchestrator.kubernetes.specification.Rules;
import java.util.Optional;

/** What the installation knows beside the Rollout that it is asked about. */
public interface Surroundings {

  /** Whether the Rollout is worked on here: what another installation makes of it is its own. */
  boolean isOurs(Rollout rollout);

  /** The objects that it may name; empty before all were seen, and where no cluster is watched. */
  Optional<References> references(Rollout rollout);

  /** About analysis. */
  Rules rules();
}
