package dev.kitbridge.server.internal.workers;

import dev.kitbridge.server.internal.BufferQueue;
import dev.kitbridge.server.internal.link.Frame;
import dev.kitbridge.server.internal.link.Link;
import java.nio.ByteBuffer;

/** A response's body from a worker. Buffers at most the link's window until the subscriber requests it. */
final class Download extends BufferQueue {

    private final int id;
    private final Link link;

    /** Bytes that were delivered since the last credit. */
    private int delivered;

    Download(int id, Link link) {
        this.id = id;
        this.link = link;
    }

    /** Called on the link's thread. */
    void data(ByteBuffer payload) {
        byte[] content = new byte[payload.remaining()];
        payload.get(content);
        add(ByteBuffer.wrap(content));
    }

    /** Sends credit for half a window at a time, to save frames. */
    @Override
    protected void delivers(int bytes) {
        delivered += bytes;
        if (delivered < Frame.WINDOW / 2 || isComplete()) return;
        link.send(Frame.number(Frame.CREDIT, id, delivered));
        delivered = 0;
    }

    @Override
    protected void cancelled() {
        link.send(Frame.empty(Frame.CANCEL, id));
    }
}
