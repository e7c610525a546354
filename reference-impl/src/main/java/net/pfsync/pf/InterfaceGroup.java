package net.pfsync.pf;

/** Groups of interfaces: the name of an interface without its number is the group of all of its kind, as in {@code set skip on lo}. */
final class InterfaceGroup {

    private InterfaceGroup() {}

    static boolean contains(String nameOrGroup, String ifname) {
        return ifname.startsWith(nameOrGroup)
                && (ifname.length() == nameOrGroup.length() || onlyDigits(ifname, nameOrGroup.length()));
    }

    private static boolean onlyDigits(String ifname, int from) {
        if (from > 0 && Character.isDigit(ifname.charAt(from - 1))) {
            return false; // "em1" is not the group of "em10"
        }
        for (int i = from; i < ifname.length(); i++) {
            if (!Character.isDigit(ifname.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
