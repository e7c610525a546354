/**
 * The command line: one class per subcommand, and the exit codes.
 *
 * <p>Arguments and files come in and are checked before anything runs; a mistake is one line that says what, where,
 * and what is possible. Exit codes: 0 conformant, 1 not, 2 usage or lab file, 3 lab unreachable or preflight failed, 4
 * nothing ran, 5 unknown verdicts only.
 */
package net.pfsync.suite.cli;
