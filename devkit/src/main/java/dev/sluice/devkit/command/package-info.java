/** {@code ./sluice status|promote|abort|retry}: the patches that the kubectl plugin sends. */
package dev.sluice.devkit.command;
