package net.pfsync.suite.fault;

import java.util.function.Function;
import net.pfsync.sync.BulkRequester;
import net.pfsync.sync.BulkSender;
import net.pfsync.sync.ClearRule;
import net.pfsync.sync.DeferralRule;
import net.pfsync.sync.ImportRule;
import net.pfsync.sync.MergeRule;
import net.pfsync.sync.OutputRule;
import net.pfsync.sync.Pfsync;
import net.pfsync.sync.Rules;

/** The rules of a release while one of them is replaced. */
final class Alteration {

    private final Rules intended;
    ClearRule clear;
    ImportRule imports;
    MergeRule merge;
    OutputRule output;
    DeferralRule deferral;
    Rules.ConfigRule config;
    Function<Pfsync, BulkRequester> requester;
    Function<Pfsync, BulkSender> sender;

    Alteration(Rules intended) {
        this.intended = intended;
        clear = intended.clear();
        imports = intended.imports();
        merge = intended.merge();
        output = intended.output();
        deferral = intended.deferral();
        config = intended.config();
        requester = intended.requester();
        sender = intended.sender();
    }

    Rules rules() {
        return new Rules(
                intended.dialect(),
                intended.input(),
                clear,
                imports,
                merge,
                output,
                deferral,
                config,
                requester,
                sender);
    }
}
