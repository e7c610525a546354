package net.pfsync.suite.dissector;

import net.pfsync.wire.Field;
import net.pfsync.wire.Kind;
import net.pfsync.wire.Layout;

/**
 * What a field is called in Wireshark's filters: {@code pfsync.} and the kernel's name of the member, without brackets.
 * Members of different messages share a name if they mean the same.
 */
final class FilterName {

    private FilterName() {}

    static String of(Layout layout, Field field) {
        String member = field.name().replace("[", "").replace("]", "");
        if (field.padding()) {
            return "pfsync.pad";
        }
        if (layout.kind() == Kind.TDB) {
            return "pfsync.tdb." + member;
        }
        if (layout.kind() == Kind.DEL_C && field.size() == 1) {
            return "pfsync.del_c." + member;
        }
        if (layout.name().equals("HEADER") && field.name().equals("af")) {
            return "pfsync.header_af";
        }
        if (layout.name().equals("SUBHEADER") && field.name().equals("len")) {
            return "pfsync.section_len";
        }
        return "pfsync." + member;
    }
}
