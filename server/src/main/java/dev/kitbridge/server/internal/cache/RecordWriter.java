package dev.kitbridge.server.internal.cache;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;

/** Writes a value for a shared cache: magic number, version, kind, fields, checksum. */
final class RecordWriter {

    static final int MAGIC = 0x6b697470;

    /** Version of the format. A change of the format increases it; values of another version are ignored. */
    static final byte VERSION = 2;

    static final byte PAGE = 'P';
    static final byte SELECTOR = 'S';

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    private final DataOutputStream out = new DataOutputStream(bytes);

    RecordWriter(byte kind) {
        run(() -> {
            out.writeInt(MAGIC);
            out.writeByte(VERSION);
            out.writeByte(kind);
        });
    }

    private interface Write {
        void run() throws IOException;
    }

    private static void run(Write write) {
        try {
            write.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void number(long value) {
        run(() -> out.writeLong(value));
    }

    void flag(boolean value) {
        run(() -> out.writeByte(value ? 1 : 0));
    }

    void bytes(byte[] value) {
        run(() -> {
            out.writeInt(value.length);
            out.write(value);
        });
    }

    void text(String value) {
        bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    void texts(List<String> values) {
        run(() -> out.writeInt(values.size()));
        values.forEach(this::text);
    }

    /** Returns the value with its checksum. */
    ByteBuffer finish() {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.toByteArray());
        run(() -> out.writeInt((int) checksum.getValue()));
        return ByteBuffer.wrap(bytes.toByteArray());
    }
}
