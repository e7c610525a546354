/**
 * YAML files that people write: the catalogue, lab files, the configuration of a node.
 *
 * <p>Text comes in, maps with checked values go out; every mistake is one line with its file, line and column. Unknown keys and keys that are there
 * twice are mistakes.
 */
package net.pfsync.yaml;
