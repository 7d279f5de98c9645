package dev.kitbridge.services;

import dev.kitbridge.platform.CallContext;
import dev.kitbridge.platform.PageCache;
import dev.kitbridge.platform.ServiceException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Records its calls. */
public final class TestLab implements Lab {

    final Queue<String> events = new ConcurrentLinkedQueue<>();
    final AtomicInteger made = new AtomicInteger();
    final SubmissionPublisher<String> ticks = new SubmissionPublisher<>();
    final CompletableFuture<Stream<String>> laterRows = new CompletableFuture<>();
    final CompletableFuture<String> never = new CompletableFuture<>();

    static Product product(long id) {
        return new Product(id, "product " + id, Optional.of(Instant.ofEpochMilli(id * 1000)), List.of(Size.LARGE));
    }

    @Override
    public CompletionStage<List<String>> forget(String tag) {
        return PageCache.current().revalidateTags(tag).thenApply(PageCache.Result::unreached);
    }

    @Override
    public Everything everything(Everything value) {
        return value;
    }

    @Override
    public Optional<Product> byId(long id) {
        return id < 0 ? Optional.empty() : Optional.of(product(id));
    }

    @Override
    public Object anything(Object value) {
        events.add(value.getClass().getName());
        return value;
    }

    @Override
    public int add(int a, int b) {
        return a + b;
    }

    @Override
    public String add(String text) {
        return text + text;
    }

    /** Texts that look like tagged values, in the forms that Jackson writes in different ways. */
    @Override
    public Map<String, Object> plain() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("string", "\0n5");
        values.put("builder", new StringBuilder("\0d5"));
        values.put("buffer", java.nio.CharBuffer.wrap("\0b5"));
        values.put("chars", new char[] {'\0', 'f', '5'});
        values.put("character", '\0');
        values.put("array", new String[] {"\0n5", "x\0n5"});
        values.put("list", List.of("\0", "\0\0"));
        values.put("optional", Optional.of("\0z"));
        values.put("tree", tools.jackson.databind.node.StringNode.valueOf("\0n5"));
        values.put("pattern", java.util.regex.Pattern.compile("\0x"));
        values.put("\0n5", "key");
        return values;
    }

    @Override
    public StringBuilder builder() {
        return new StringBuilder("\0not a tag");
    }

    @Override
    public Object raw() {
        return new tools.jackson.databind.util.RawValue("\"\\u0000nobody\"");
    }

    @Override
    public void nothing() {
        events.add("nothing");
    }

    @Override
    public CompletionStage<String> later(String text) {
        return CompletableFuture.supplyAsync(() -> text + " later");
    }

    @Override
    public CompletionStage<String> neverLater() {
        events.add("never");
        return never;
    }

    @Override
    public Stream<Product> many(int count) {
        return IntStream.range(0, count)
                .peek(i -> made.incrementAndGet())
                .mapToObj(TestLab::product)
                .onClose(() -> events.add("closed"));
    }

    @Override
    public IntStream numbers(int count) {
        return IntStream.range(0, count);
    }

    @Override
    public Flow.Publisher<String> ticks() {
        return ticks;
    }

    @Override
    public Stream<String> rows(int size) {
        return Stream.generate(() -> {
                    made.incrementAndGet();
                    return "x".repeat(size);
                })
                .onClose(() -> events.add("closed"));
    }

    @Override
    public CompletionStage<Stream<String>> laterRows() {
        events.add("later rows");
        return laterRows;
    }

    @Override
    public void sold() throws SoldOut {
        throw new SoldOut("the last one is gone");
    }

    @Override
    public String missing(String name) {
        throw new ServiceException(404, "there is no " + name, new IllegalStateException("secret of the database"));
    }

    @Override
    public void broken() {
        throw new IllegalStateException("secret of the database");
    }

    @Override
    public void error() {
        throw new StackOverflowError();
    }

    @Override
    public String large(int size) {
        return "x".repeat(size);
    }

    @Override
    public void slow() throws InterruptedException {
        hang();
    }

    @Override
    public void hang() throws InterruptedException {
        events.add("hangs");
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            events.add("interrupted");
            throw e;
        }
    }

    @Override
    public Map<String, String> context() {
        CallContext context = CallContext.current();
        Map<String, String> values = new LinkedHashMap<>();
        values.put("id", context.requestId());
        values.put("traceparent", String.valueOf(context.traceparent()));
        values.put("locale", context.locale().toLanguageTag());
        values.put("principal", String.valueOf(context.principal()));
        return values;
    }

    @Override
    public void close() {
        events.add("close");
    }
}
