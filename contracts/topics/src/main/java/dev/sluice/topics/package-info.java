/** Makes a broker ready for the messages of {@link dev.sluice.events.Topics}. */
package dev.sluice.topics;
