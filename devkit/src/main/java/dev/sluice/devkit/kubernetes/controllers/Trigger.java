package dev.sluice.devkit.kubernetes.controllers;

import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.function.Consumer;

/** Passes on every object that an informer says something about. */
record Trigger<T>(Consumer<T> then) implements ResourceEventHandler<T> {
  @Override
  public void onAdd(T object) {
    then.accept(object);
  }

  @Override
  public void onUpdate(T before, T object) {
    then.accept(object);
  }

  @Override
  public void onDelete(T object, boolean unknown) {
    then.accept(object);
  }
}
