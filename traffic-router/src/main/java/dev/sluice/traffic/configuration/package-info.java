/** The router's settings, and how its parts are put together. */
package dev.sluice.traffic.configuration;
