package org.example.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.example.faults.Quick.Row;

public final class Wrong implements Faulty {

    static final AtomicInteger OPEN = new AtomicInteger();

    private volatile CountDownLatch released = new CountDownLatch(1);

    private static Row row(long id) {
        return new Row(id, "A chair of oak", 129.5);
    }

    @Override
    public void hang() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    @Override
    public void block() {
        CountDownLatch latch = released;
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                // ignored on purpose
            }
        }
    }

    @Override
    public void loop() {
        for (long end = System.nanoTime() + 1_000_000_000L; System.nanoTime() - end < 0; ) Thread.onSpinWait();
    }

    @Override
    public void fail() {
        throw new IllegalStateException("the password of the database is hunter2");
    }

    @Override
    public void recurse() {
        recurse();
    }

    @Override
    public void allocate() {
        byte[] all = new byte[Integer.MAX_VALUE - 8];
        throw new IllegalStateException("there is room for " + all.length);
    }

    @Override
    public void die() {
        throw new ThreadDeath();
    }

    @Override
    public List<Row> million() {
        return LongStream.range(0, 1_000_000).mapToObj(Wrong::row).toList();
    }

    @Override
    public Stream<Row> stream() {
        OPEN.incrementAndGet();
        return LongStream.range(0, 1_000_000).mapToObj(Wrong::row).onClose(OPEN::decrementAndGet);
    }

    @Override
    public void fill() throws InterruptedException {
        List<byte[]> all = new ArrayList<>();
        try {
            while (true) all.add(new byte[64 << 10]);
        } catch (OutOfMemoryError e) {
            Thread.sleep(500);
            throw new IllegalStateException(all.size() + " pieces of 64 KiB are all there are", e);
        }
    }

    @Override
    public void release() {
        released.countDown();
        released = new CountDownLatch(1);
    }

    @Override
    public void exit() {
        System.exit(7);
    }
}
