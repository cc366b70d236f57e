/** Routers as they are shipped, their real neighbours, and a test in everybody else's place. */
package dev.sluice.traffic.world;
