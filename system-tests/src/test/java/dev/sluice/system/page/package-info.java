/** Pages of the documentation, played as they stand: commands are run, and outputs compared. */
package dev.sluice.system.page;
