package dev.kitbridge.server.internal.cache;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Reads a value from a shared cache. Any client may have written it, so each method throws
 * {@link IllegalArgumentException} unless the field is valid.
 */
final class RecordReader {

    /** More than a page may have. */
    private static final int MOST_TEXTS = 2000;

    private final ByteBuffer in;

    /** Checks the magic number, the version, the kind and the checksum. */
    RecordReader(ByteBuffer bytes, byte kind) {
        in = bytes.duplicate();
        check(in.remaining() > 10, "truncated");
        ByteBuffer content = in.duplicate();
        content.limit(content.limit() - 4);
        CRC32C checksum = new CRC32C();
        checksum.update(content.duplicate());
        check(in.getInt(content.limit()) == (int) checksum.getValue(), "checksum");
        in.limit(content.limit());
        check(in.getInt() == RecordWriter.MAGIC, "magic number");
        check(in.get() == RecordWriter.VERSION, "version");
        check(in.get() == kind, "kind");
    }

    static void check(boolean valid, String what) {
        if (!valid) throw new IllegalArgumentException(what);
    }

    long number(long least, long most) {
        check(in.remaining() >= 8, "truncated");
        long value = in.getLong();
        check(value >= least && value <= most, "number");
        return value;
    }

    boolean flag() {
        check(in.hasRemaining(), "truncated");
        byte value = in.get();
        check(value == 0 || value == 1, "flag");
        return value == 1;
    }

    private int length(int most) {
        check(in.remaining() >= 4, "truncated");
        int length = in.getInt();
        check(length >= 0 && length <= most, "length");
        return length;
    }

    byte[] bytes() {
        byte[] value = new byte[length(in.remaining() - 4)];
        in.get(value);
        return value;
    }

    String text() {
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes()));
            return text.toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("text", e);
        }
    }

    List<String> texts() {
        int count = length(MOST_TEXTS);
        List<String> values = new ArrayList<>();
        for (int i = 0; i < count; i++) values.add(text());
        return List.copyOf(values);
    }

    void end() {
        check(!in.hasRemaining(), "bytes after the end");
    }
}
