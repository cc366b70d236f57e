/** The objects, their history and the operations on them: everything the API does, without HTTP. */
package dev.sluice.devkit.kubernetes.store;
