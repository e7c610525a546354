/**
 * The pfsync protocol itself: input checks, merging, queues, output, deferral, bulk transfer, security associations,
 * statistics.
 *
 * <p>A received frame comes in as an IPv4 packet, a local event as a call about one state, and time as a parameter;
 * what goes out is frames and changes of the state table. The facts come from the numbered statements of {@code
 * BEHAVIOUR.md}; where releases differ, this package asks an interface that it defines and that {@link
 * net.pfsync.release} answers.
 */
package net.pfsync.sync;
