/** The whole of Sluice, from outside: real processes, real topics, real traffic. */
package dev.sluice.system;
