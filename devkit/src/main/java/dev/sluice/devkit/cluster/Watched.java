package dev.sluice.devkit.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;

/** The objects of one kind as the cluster has them now. */
public final class Watched<T extends HasMetadata> implements AutoCloseable {

  private final SharedIndexInformer<T> informer;

  /**
   * Watches from now on; returns when all objects are known.
   *
   * @param changed called after every change, on threads of the client
   */
  public Watched(Informable<T> objects, Runnable changed) {
    informer = objects.runnableInformer(0);
    informer.addEventHandler(
        new ResourceEventHandler<T>() {
          @Override
          public void onAdd(T added) {
            changed.run();
          }

          @Override
          public void onUpdate(T before, T after) {
            changed.run();
          }

          @Override
          public void onDelete(T deleted, boolean finalStateUnknown) {
            changed.run();
          }
        });
    informer.start().toCompletableFuture().join();
  }

  /** The objects now. */
  public List<T> now() {
    return informer.getStore().list();
  }

  @Override
  public void close() {
    informer.stop();
  }
}
