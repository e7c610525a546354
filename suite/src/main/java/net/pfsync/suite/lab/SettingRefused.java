package net.pfsync.suite.lab;

import net.pfsync.suite.target.Refused;

/** A firewall refused a setting; {@link TargetView#refuses} expects it. */
public final class SettingRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SettingRefused(Refused refused) {
        super(refused.getMessage(), refused);
    }
}
