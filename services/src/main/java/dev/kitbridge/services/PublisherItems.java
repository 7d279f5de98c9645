package dev.kitbridge.services;

import dev.kitbridge.server.link.Frame;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Items of a {@link Flow.Publisher}, asked for one by one. */
final class PublisherItems extends Items implements Flow.Subscriber<Object> {

    private volatile Flow.@Nullable Subscription subscription;

    PublisherItems(Running call) {
        super(call);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        if (subscription != null) {
            given.cancel();
            return;
        }
        subscription = given;
        if (isCancelled()) given.cancel();
        else next();
    }

    private void next() {
        Flow.Subscription open = subscription;
        if (open == null) return;
        call().arm();
        open.request(1);
    }

    @Override
    public void onNext(Object item) {
        if (isCancelled()) return;
        try {
            if (send(item)) next();
            else call().disarm();
        } catch (Trouble.Refused | RuntimeException e) {
            call().fail(e);
        }
    }

    @Override
    public void onError(Throwable error) {
        subscription = null;
        call().fail(error);
    }

    @Override
    public void onComplete() {
        call().finish(Frame.empty(Message.END, call().id()));
    }

    @Override
    void proceed() {
        call().execute(this::next);
    }

    /** One that comes later is cancelled at once. */
    @Override
    boolean isStopped() {
        return subscription == null;
    }

    @Override
    void stop() {
        Flow.Subscription open = subscription;
        if (open != null) open.cancel();
    }
}
