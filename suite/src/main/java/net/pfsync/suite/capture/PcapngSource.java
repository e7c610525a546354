package net.pfsync.suite.capture;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Frames of a pcapng file.
 *
 * <pre>
 * block      type | length | body | length
 * section    0a0d0d0a   body: byte order 1a2b3c4d | version | …; what follows has its order and its own interfaces
 * interface  1          body: link type | 2 bytes | snap length | options
 * frame      6          body: interface | time, high | time, low | bytes here | bytes on the wire | frame | options
 * simple     3          body: bytes on the wire | frame; of the first interface, without a time
 * </pre>
 *
 * <p>Blocks of other types are passed over.
 */
final class PcapngSource implements CaptureReader.FrameSource {

    /** Type of the section's block, the same in both byte orders. */
    static final int SECTION = 0x0a0d0d0a;

    private static final int BYTE_ORDER = 0x1a2b3c4d;
    private static final int INTERFACE = 1;
    private static final int OLD_FRAME = 2;
    private static final int SIMPLE = 3;
    private static final int FRAME = 6;

    /** Type and length in front, length again behind. */
    private static final int FRAMING = 12;

    private static final int BLOCK_HEADER = 8;
    private static final int FRAME_HEADER = 20;
    private static final int INTERFACE_HEADER = 8;
    private static final int MOST_INTERFACES = 4096;
    private static final int LONGEST_BLOCK = CaptureInput.LONGEST_FRAME + 65_536;

    private static final int RESOLUTION = 9;
    private static final int OFFSET = 14;
    private static final int BINARY = 0x80;
    private static final int LONGEST_EXPONENT = 63;
    private static final int MICRO_EXPONENT = 6;
    private static final BigInteger NANOS = BigInteger.valueOf(1_000_000_000L);

    private final CaptureInput input;
    private final List<Interface> interfaces = new ArrayList<>();

    /**
     * A described interface.
     *
     * @param unitsPerSecond of its times
     * @param offset seconds to add to its times
     */
    private record Interface(LinkType link, BigInteger unitsPerSecond, long offset) {

        long nanos(long units) {
            BigInteger time = new BigInteger(Long.toUnsignedString(units));
            return time.multiply(NANOS).divide(unitsPerSecond).longValue() + offset * NANOS.longValue();
        }
    }

    PcapngSource(CaptureInput input) {
        this.input = input;
    }

    @Override
    public CapturedFrame next() throws IOException {
        while (true) {
            ByteBuffer header = input.read(BLOCK_HEADER, "the header of a block");
            if (header == null) {
                return null;
            }
            int type = header.getInt(0);
            if (type == SECTION) {
                section(header);
                continue;
            }
            int body = body(header.getInt(4));
            switch (type) {
                case INTERFACE -> describe(block(body));
                case FRAME, OLD_FRAME -> {
                    return frame(type, block(body));
                }
                case SIMPLE -> {
                    return simple(block(body));
                }
                default -> input.skip(body + Integer.BYTES, "a block");
            }
        }
    }

    private int body(int length) throws IOException {
        if (length < FRAMING || length % Integer.BYTES != 0) {
            throw corrupt("a block of " + Integer.toUnsignedString(length) + " bytes");
        }
        return length - FRAMING;
    }

    /** The body of a block, whose second length is passed over. */
    private ByteBuffer block(int size) throws IOException {
        if (size > LONGEST_BLOCK) {
            throw corrupt("a block of " + size + " bytes");
        }
        ByteBuffer body = input.need(size, "a block");
        input.need(Integer.BYTES, "the end of a block");
        return body.order(input.order());
    }

    private void section(ByteBuffer header) throws IOException {
        ByteBuffer magic = input.need(Integer.BYTES, "the header of a section");
        for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
            if (magic.order(order).getInt(0) == BYTE_ORDER) {
                input.order(order);
                interfaces.clear();
                int rest = body(header.order(order).getInt(4)) - Integer.BYTES;
                if (rest < 0) {
                    throw corrupt("a section without a header");
                }
                input.skip(rest + Integer.BYTES, "the header of a section");
                return;
            }
        }
        throw corrupt("a section without byte order");
    }

    private void describe(ByteBuffer body) throws IOException {
        if (body.remaining() < INTERFACE_HEADER || interfaces.size() >= MOST_INTERFACES) {
            throw corrupt("the description of an interface");
        }
        LinkType link = LinkType.of(body.getShort(0) & 0xffff);
        BigInteger units = BigInteger.TEN.pow(MICRO_EXPONENT);
        long offset = 0;
        body.position(INTERFACE_HEADER);
        while (body.remaining() >= Integer.BYTES) {
            int code = body.getShort() & 0xffff;
            int length = body.getShort() & 0xffff;
            if (code == 0 || length > body.remaining()) {
                break;
            }
            if (code == RESOLUTION && length == 1) {
                units = unitsPerSecond(body.get(body.position()) & 0xff);
            } else if (code == OFFSET && length == Long.BYTES) {
                offset = body.getLong(body.position());
            }
            body.position(Math.min(body.limit(), body.position() + (length + 3 & ~3)));
        }
        interfaces.add(new Interface(link, units, offset));
    }

    /** A power of ten, or of two if the highest bit is set. */
    private BigInteger unitsPerSecond(int resolution) throws IOException {
        int exponent = resolution & ~BINARY;
        if (exponent > LONGEST_EXPONENT) {
            throw corrupt("a time in units of nothing");
        }
        return (resolution & BINARY) == 0 ? BigInteger.TEN.pow(exponent) : BigInteger.TWO.pow(exponent);
    }

    private CapturedFrame frame(int type, ByteBuffer body) throws IOException {
        if (body.remaining() < FRAME_HEADER) {
            throw corrupt("a frame without a header");
        }
        Interface from = from(type == FRAME ? body.getInt(0) : body.getShort(0) & 0xffff);
        long units = (long) body.getInt(4) << Integer.SIZE | Integer.toUnsignedLong(body.getInt(8));
        int captured = body.getInt(12);
        return new CapturedFrame(
                input.frame(), from.nanos(units), from.link(), bytes(body, FRAME_HEADER, captured), body.getInt(16));
    }

    private CapturedFrame simple(ByteBuffer body) throws IOException {
        if (body.remaining() < Integer.BYTES) {
            throw corrupt("a frame without a header");
        }
        Interface from = from(0);
        int length = body.getInt(0);
        int captured = Math.min(Math.max(0, length), body.remaining() - Integer.BYTES);
        return new CapturedFrame(input.frame(), 0, from.link(), bytes(body, Integer.BYTES, captured), length);
    }

    private byte[] bytes(ByteBuffer body, int at, int captured) throws IOException {
        if (captured < 0 || captured > body.limit() - at) {
            throw corrupt("a frame of " + Integer.toUnsignedString(captured) + " bytes");
        }
        byte[] bytes = new byte[captured];
        body.get(at, bytes);
        return bytes;
    }

    private Interface from(int number) throws IOException {
        if (number < 0 || number >= interfaces.size()) {
            throw corrupt("a frame of an interface that is not described");
        }
        return interfaces.get(number);
    }

    private BadCaptureException corrupt(String what) {
        return input.broken("is corrupt before byte " + input.position() + ": " + what);
    }
}
