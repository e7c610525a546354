package net.pfsync.suite.lint;

import java.util.HashMap;
import java.util.Map;
import net.pfsync.wire.BulkStatus;
import net.pfsync.wire.Kind;
import net.pfsync.wire.Message;
import net.pfsync.wire.Update;
import net.pfsync.wire.UpdateRequest;

/**
 * What each firewall does as a whole, without a judgement: how well it collects messages, how often it corrects the other, and how long it was
 * demoted. Demotion is a guess: from the first request for all states to the END, or to the last request.
 */
final class ConductRule implements Rule {

    private static final long SECOND = 1_000_000_000L;

    /** Longer than this between two requests: it has given up, or begins anew. */
    private static final long RETRY = 7 * SECOND;

    private static final int MOST_SENDERS = 64;

    private final Map<String, Account> accounts = new HashMap<>();
    private long last;

    private static final class Account {
        private long messages;
        private long staleAnswers;
        private boolean transfers;
        private long demoted;
        /** Since when it waits for a transfer; 0 if it does not. */
        private long since;

        private long asked;
        private long ended;
    }

    private Account account(String sender) {
        return accounts.size() < MOST_SENDERS
                ? accounts.computeIfAbsent(sender, absent -> new Account())
                : accounts.getOrDefault(sender, new Account());
    }

    @Override
    public void packet(Heard heard) {
        last = heard.nanos();
    }

    @Override
    public void message(Heard heard, StateName name, Tables.Known known, Message message) {
        Account account = account(heard.sender());
        account.messages += message.kind() == Kind.EOF ? 0 : 1;
        switch (message) {
            case UpdateRequest request when request.asksForAll() -> asks(account, heard.nanos());
            case BulkStatus bulk when bulk.status() == BulkStatus.START -> account.transfers = true;
            case BulkStatus bulk
            when bulk.status() == BulkStatus.END -> {
                account.transfers = false;
                accounts.forEach((sender, each) -> {
                    if (!sender.equals(heard.sender())) {
                        ends(each, heard.nanos());
                    }
                });
            }
            case Update update -> {
                if (!account.transfers && known != null && corrects(heard, known)) {
                    account.staleAnswers++;
                }
            }
            default -> {}
        }
    }

    /** A whole update behind somebody else's compressed one: the other was behind. Answers to requests are not told apart from it. */
    private static boolean corrects(Heard heard, Tables.Known known) {
        for (Tables.Told told = known.told(); told != null; told = told.next()) {
            if (!told.sender().equals(heard.sender())
                    && told.changed()
                    && heard.nanos() - told.nanos() < SECOND
                    && known.by(heard.sender()) != null) {
                return true;
            }
        }
        return false;
    }

    private static void asks(Account account, long nanos) {
        if (account.since == 0) {
            boolean ignored = account.ended > 0 && nanos - account.ended <= RETRY;
            account.since = ignored ? account.ended : nanos;
        } else if (nanos - account.asked > RETRY) {
            account.demoted += account.asked - account.since;
            account.since = nanos;
        }
        account.asked = nanos;
    }

    private static void ends(Account account, long nanos) {
        if (account.since > 0) {
            account.demoted += nanos - account.since;
            account.since = 0;
            account.ended = nanos;
        }
    }

    /** What a firewall did so far. */
    Verdict.Conduct of(String sender) {
        Account account = accounts.getOrDefault(sender, new Account());
        boolean still = account.since > 0 && last - account.asked <= RETRY;
        long open = account.since == 0 ? 0 : (still ? last : account.asked) - account.since;
        return new Verdict.Conduct(account.messages, account.staleAnswers, account.demoted + open, still);
    }
}
