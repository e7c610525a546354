/**
 * Clock and timers, virtual and real.
 *
 * <p>This is the only package that may read the system clock or wait; everything else is given the time, in
 * nanoseconds since an origin of its own, by what is here. Virtual time moves only when it is told to, so that seconds
 * of the protocol pass in microseconds and a run can be repeated exactly.
 */
package net.pfsync.time;
