/** A real PostgreSQL in a process of its own, which can be paused, killed and started again. */
package dev.sluice.devkit.postgres;
