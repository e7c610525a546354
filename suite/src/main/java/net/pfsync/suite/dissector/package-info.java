/**
 * The source of the dissector for Wireshark: how a frame is walked and shown is written by hand in Lua, the tables of all
 * dialects are those of the codec, written out. What comes in is {@code net.pfsync.wire}'s tables, what goes out is text.
 */
package net.pfsync.suite.dissector;
