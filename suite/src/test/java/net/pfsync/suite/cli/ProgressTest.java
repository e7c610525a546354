package net.pfsync.suite.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import net.pfsync.suite.catalogue.Entry;
import net.pfsync.suite.requirement.CaseOutcome;
import net.pfsync.suite.samples.Samples;
import org.junit.jupiter.api.Test;

class ProgressTest {

    @Test
    void onATerminalOneLineIsWrittenOver() {
        StringWriter err = new StringWriter();
        Progress progress = new Progress(new PrintWriter(err), true, 8);
        Entry entry = Samples.catalogue().find("PFSYNC-SAMPLE-01").orElseThrow();

        for (CaseOutcome outcome : Samples.verdicts()) {
            progress.started(outcome.entry(), outcome.methodName());
            progress.finished(outcome);
        }
        progress.started(entry, "again");
        progress.then("writing the report");
        progress.clear();

        assertThat(err.toString())
                .doesNotContain("\n")
                .startsWith("\r\u001b[K0/8  PFSYNC-SAMPLE-")
                .contains("\r\u001b[K8/8, 2 failed  PFSYNC-SAMPLE-01\r\u001b[Kwriting the report")
                .endsWith("\r\u001b[K");
    }
}
