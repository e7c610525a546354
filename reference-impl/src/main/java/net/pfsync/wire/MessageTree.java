package net.pfsync.wire;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A message as nested maps and lists, with the names and forms of the published vectors. {@code key[0].port[1]} becomes
 * the second element of {@code port} in the first element of {@code key}. Padding is left out.
 */
public final class MessageTree {
    private static final List<String> KEYS = List.of("wire", "stack");
    private static final List<String> STATUS = List.of("?", "start", "end");

    private MessageTree() {}

    /** The fields of a message in the order of their offsets. */
    public static Map<String, Object> of(Message message) {
        Map<String, Object> tree = new LinkedHashMap<>();
        if (message instanceof Unknown unknown) {
            tree.put("body", HexFormat.of().formatHex(unknown.bytes()));
            return tree;
        }
        if (message instanceof EndOfFrame eof) {
            tree.put("hmac", HexFormat.of().formatHex(eof.hmac()));
            return tree;
        }
        for (Field field : message.layout().fields()) {
            if (!field.padding()) {
                put(tree, message, field);
            }
        }
        return tree;
    }

    private static void put(Map<String, Object> tree, Message message, Field field) {
        if (field.type() == Field.Type.SOCKADDR) {
            tree.put(field.name(), sockaddr(message, field));
            return;
        }
        Object value = FieldValue.read(message, field);
        if (message instanceof DeleteCompressed && field.size() == 1) {
            tree.put(field.name() + "_state", value);
            return;
        }
        String[] path = field.name().split("\\.", -1);
        Map<String, Object> place = tree;
        for (int i = 0; i < path.length - 1; i++) {
            place = child(place, path[i]);
        }
        putLast(place, path[path.length - 1], value);
        if (field.name().equals("status")) {
            int status = (Integer) value;
            tree.put("status_name", STATUS.get(status < STATUS.size() ? status : 0));
        }
    }

    /** The map of that name, or the element of a list for a name like {@code key[1]}. */
    @SuppressWarnings("unchecked") // only this class puts maps and lists there
    private static Map<String, Object> child(Map<String, Object> place, String name) {
        if (!name.endsWith("]")) {
            return (Map<String, Object>) place.computeIfAbsent(name, absent -> empty(name));
        }
        List<Object> list =
                (List<Object>) place.computeIfAbsent(name.substring(0, name.indexOf('[')), absent -> new ArrayList<>());
        int index = name.charAt(name.length() - 2) - '0';
        if (index == list.size()) {
            Map<String, Object> element = new LinkedHashMap<>();
            element.put("which", KEYS.get(index));
            list.add(element);
        }
        return (Map<String, Object>) list.get(index);
    }

    /** In the map of scrub the flag comes first whatever its offset. */
    private static Map<String, Object> empty(String name) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (name.equals("scrub")) {
            map.put("valid", false);
        }
        return map;
    }

    @SuppressWarnings("unchecked") // only this class puts lists there
    private static void putLast(Map<String, Object> place, String name, Object value) {
        if (name.endsWith("]")) {
            String list = name.substring(0, name.indexOf('['));
            ((List<Object>) place.computeIfAbsent(list, absent -> new ArrayList<>())).add(value);
        } else if (name.equals("scrub_flag")) {
            place.put("valid", ((Integer) value & WirePeer.SCRUB_VALID) != 0);
        } else {
            place.put(name, value);
        }
    }

    private static Map<String, Object> sockaddr(Message message, Field field) {
        int at = message.offset() + field.offset();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("sa_len", ByteAccess.u8(message.array(), at + FieldValue.SA_LEN));
        map.put("sa_family", ByteAccess.u8(message.array(), at + FieldValue.SA_FAMILY));
        String address = (String) FieldValue.read(message, field);
        if (!address.isEmpty()) {
            map.put("addr", address);
        }
        return map;
    }
}
