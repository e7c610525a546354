package net.pfsync.suite.cli;

import net.pfsync.suite.target.real.LabConfig;
import net.pfsync.suite.target.real.LabConfig.Mode;
import net.pfsync.suite.target.real.Person;
import picocli.CommandLine.Option;

/** How far a run may go in a lab: what its file allows, and for mode full a person who says so twice. */
final class ModeOptions {

    @Option(
            names = "--read-only",
            description = "Sends nothing to the lab, whatever its file allows; every case is skipped.")
    private boolean readOnly;

    @Option(
            names = "--full",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "NAME",
            description = {
                "Does everything to the lab: clears foreign states, changes settings, cuts and reboots.",
                "Its file must say 'mode: full', and its name must be typed: --full=NAME, or asked for on a terminal."
            })
    private String full;

    /** Whether anything was said about modes. */
    boolean given() {
        return readOnly || full != null;
    }

    /**
     * The mode of a run.
     *
     * @param lab what its file says
     * @param person who is asked for the name
     * @param present whether there is a person
     * @return what may be done
     * @throws IllegalArgumentException if it is not clear that mode full is meant; the message is one line
     */
    Mode mode(LabConfig lab, Person person, boolean present) {
        if (readOnly && full != null) {
            throw new IllegalArgumentException("--read-only and --full do not go together");
        }
        if (full == null) {
            return readOnly || lab.mode() == Mode.READ_ONLY ? Mode.READ_ONLY : Mode.SAFE;
        }
        requireFull(lab);
        String typed = full.isEmpty() && present ? asked(lab, person) : full;
        if (!typed.strip().equals(lab.name())) {
            throw new IllegalArgumentException("mode full needs the lab's name: --full='" + lab.name() + "'"
                    + (typed.isBlank() ? "" : ", and not '" + typed + "'"));
        }
        return Mode.FULL;
    }

    /**
     * The mode of a plan, for which nobody has to type a name.
     *
     * @param lab what its file says
     * @return what would be done
     * @throws IllegalArgumentException if the file does not allow it
     */
    Mode planned(LabConfig lab) {
        if (full != null && !readOnly) {
            requireFull(lab);
            return Mode.FULL;
        }
        return mode(lab, null, false);
    }

    /** The options that choose a mode again; nothing for the one that is chosen without. */
    String typed(LabConfig lab, Mode mode) {
        return switch (mode) {
            case READ_ONLY -> lab.mode() == Mode.READ_ONLY ? "" : " --read-only";
            case SAFE -> "";
            case FULL -> " --full=" + CheckCommand.quoted(lab.name());
        };
    }

    private static void requireFull(LabConfig lab) {
        if (lab.mode() != Mode.FULL) {
            throw new IllegalArgumentException(
                    "the lab file allows mode " + lab.mode() + " at most; --full needs 'mode: full' in it");
        }
    }

    private static String asked(LabConfig lab, Person person) {
        person.tell("Mode full clears states that are not the suite's, and may stop the "
                + lab.firewalls().size() + " firewalls of this lab. Type the lab's name to go on:");
        String typed = person.answer();
        return typed == null ? "" : typed;
    }
}
