/** What docker-compose.yml promises, held without a container. */
package dev.sluice.system.compose;
