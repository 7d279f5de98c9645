package dev.kitbridge.server.replicas;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A store that the replicas of an app share. It has values, locks with a lease, and generations: a revalidation gives
 * its marks a new generation, and a value with one of these marks is valid only if it is not older.
 *
 * <p>Every method returns at once, and its stage fails if the store does not answer, is full or is disconnected. A
 * stage completes on a thread that must not block. The server limits the time that it waits, and the number of methods
 * that it calls at the same time.
 */
public interface SharedCache extends AutoCloseable {

    /**
     * Returns a value, or nothing if the key has no value.
     *
     * @param limit in bytes; of a larger value, at least one byte more than this is returned
     */
    CompletionStage<Optional<ByteBuffer>> get(String key, int limit);

    /** Sets a value, which the store may drop at any time, and drops after its lifetime. */
    CompletionStage<?> put(String key, ByteBuffer value, Duration lifetime);

    /** Removes a value. */
    CompletionStage<?> remove(String key);

    /**
     * Acquires a lock for this replica, until it is unlocked or the lease ends.
     *
     * @param force whether to take it from another replica
     * @return whether it was acquired
     */
    CompletionStage<Boolean> lock(String key, Duration lease, boolean force);

    /** Releases a lock if this replica has it. */
    CompletionStage<?> unlock(String key);

    /** Returns the current generation, and those of marks. */
    CompletionStage<Generations> generations(List<String> marks);

    /**
     * Gives marks a new generation, and tells the other replicas.
     *
     * @param limit how long to wait until the others confirm
     * @return the replicas that have not confirmed
     */
    CompletionStage<Revalidated> revalidate(List<String> marks, Duration limit);

    /**
     * Reports that this replica is running, and returns what it has missed. Called about once a second.
     *
     * @param known the last generation that the replica knows; null for none
     */
    CompletionStage<Changes> changes(@Nullable Generation known);

    /** Tells the other replicas that this one ends, and disconnects. */
    @Override
    void close();

    /**
     * A point in the sequence of revalidations.
     *
     * @param epoch of the sequence; a store that has lost its data begins another one
     * @param number of revalidations in this epoch
     */
    record Generation(String epoch, long number) {}

    /**
     * Generations of marks.
     *
     * @param current the current generation
     * @param floor a value that is older than this number is not valid
     * @param marks for each mark, the number of its last revalidation; 0 for none since the floor
     */
    record Generations(Generation current, long floor, List<Long> marks) {}

    /**
     * The result of a revalidation.
     *
     * @param generation that the marks have now
     * @param silent names of the replicas that have not confirmed within the limit
     */
    record Revalidated(Generation generation, List<String> silent) {}

    /**
     * The revalidations that a replica has missed.
     *
     * @param current the current generation
     * @param complete whether the marks are all that it has missed; if not, it has to drop everything
     * @param marks that were revalidated after the known generation
     */
    record Changes(Generation current, boolean complete, List<String> marks) {}

    /** Receives the revalidations of other replicas. */
    @FunctionalInterface
    interface Listener {
        /**
         * Drops the pages with one of these marks. The replica confirms when this method has returned, which must not
         * block.
         */
        void revalidated(Generation generation, List<String> marks);
    }
}
