package dev.kitbridge.services;

import dev.kitbridge.server.internal.link.Frame;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Items of a {@link Flow.Publisher}, requested one by one. */
final class PublisherItems extends Items implements Flow.Subscriber<Object> {

    private volatile Flow.@Nullable Subscription subscription;

    PublisherItems(ActiveCall call) {
        super(call);
    }

    @Override
    public void onSubscribe(Flow.Subscription offered) {
        if (subscription != null) {
            offered.cancel();
            return;
        }
        subscription = offered;
        if (isCancelled()) offered.cancel();
        else next();
    }

    private void next() {
        Flow.Subscription open = subscription;
        if (open == null) return;
        call().startTimeout();
        open.request(1);
    }

    @Override
    public void onNext(Object item) {
        if (isCancelled()) return;
        try {
            if (send(item)) next();
            else call().stopTimeout();
        } catch (CallException | RuntimeException e) {
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
        call().finish(Frame.empty(ServiceFrame.END, call().id()));
    }

    @Override
    void resume() {
        call().execute(this::next);
    }

    /** Returns true before there is a subscription: {@link #onSubscribe} cancels a late one itself. */
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
