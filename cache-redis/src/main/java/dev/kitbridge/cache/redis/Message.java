package dev.kitbridge.cache.redis;

import dev.kitbridge.server.replicas.SharedCache.Generation;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A revalidation as the replicas receive it.
 *
 * @param generation of the marks
 * @param replica that has revalidated
 * @param id to confirm; empty if no confirmation is expected
 */
record Message(Generation generation, String replica, String id, List<String> marks) {

    /** Encodes marks: for each one its length in bytes as an int, then UTF-8. */
    static byte[] encode(List<String> marks) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (String mark : marks) {
                byte[] text = mark.getBytes(StandardCharsets.UTF_8);
                out.writeInt(text.length);
                out.write(text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * Parses the head, a line with epoch, number, replica and id, and the marks.
     *
     * @throws IllegalArgumentException if it is damaged
     */
    static Message parse(byte[] message) {
        int end = 0;
        while (end < message.length && message[end] != '\n') end++;
        String[] head = new String(message, 0, end, StandardCharsets.UTF_8).split(" ", -1);
        if (head.length != 4 || end == message.length) throw new IllegalArgumentException("invalid head");
        ByteBuffer in = ByteBuffer.wrap(message, end + 1, message.length - end - 1);
        List<String> marks = new ArrayList<>();
        try {
            while (in.hasRemaining()) {
                int length = in.getInt();
                if (length < 0 || length > in.remaining()) throw new IllegalArgumentException("invalid length");
                byte[] text = new byte[length];
                in.get(text);
                marks.add(new String(text, StandardCharsets.UTF_8));
            }
            return new Message(new Generation(head[0], Long.parseLong(head[1])), head[2], head[3], marks);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("truncated", e);
        }
    }
}
