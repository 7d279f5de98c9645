package dev.kitbridge.cache.redis;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Lua scripts. Each is sent once, and named by its digest afterwards. */
final class Scripts {

    /**
     * Repairs and creates the keys of the generations. A sequence that has lost its end, after a failover for example,
     * begins another epoch.
     */
    private static final String STATE =
            """
            #!lua flags=allow-oom
            local function kind(key, expected)
              local found = redis.call('TYPE', key).ok
              if found ~= expected and found ~= 'none' then redis.call('DEL', key) end
            end
            kind(KEYS[1], 'hash')
            kind(KEYS[2], 'zset')
            kind(KEYS[3], 'zset')
            local epoch = redis.call('HGET', KEYS[1], 'epoch')
            local number = tonumber(redis.call('HGET', KEYS[1], 'number') or '')
            local floor = tonumber(redis.call('HGET', KEYS[1], 'floor') or '')
            local function begin()
              epoch, number, floor = ARGV[1], 0, 0
              redis.call('DEL', KEYS[2])
              redis.call('HSET', KEYS[1], 'epoch', epoch, 'number', 0, 'floor', 0)
            end
            if not epoch or not number or not floor then begin() end
            local time = redis.call('TIME')
            local now = time[1] * 1000 + math.floor(time[2] / 1000)
            """;

    /**
     * Arguments: epoch to begin, replica, milliseconds after which a replica is forgotten, known epoch, known number,
     * limit of missed marks. Returns epoch, number, whether the marks are complete, marks.
     */
    static final Scripts CHANGES = new Scripts(
            STATE
                    + """
            local known = tonumber(ARGV[5])
            if ARGV[4] == epoch and known > number then begin() end
            redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', now - ARGV[3])
            redis.call('ZADD', KEYS[3], now, ARGV[2])
            if ARGV[4] == '' then return { epoch, tostring(number), '1', {} } end
            if ARGV[4] ~= epoch then known = 0 end
            if known >= number then return { epoch, tostring(number), '1', {} } end
            local after = '(' .. known
            if known < floor or redis.call('ZCOUNT', KEYS[2], after, '+inf') > tonumber(ARGV[6]) then
              return { epoch, tostring(number), '0', {} }
            end
            return { epoch, tostring(number), '1', redis.call('ZRANGEBYSCORE', KEYS[2], after, '+inf') }
            """);

    /**
     * Arguments: epoch to begin, replica, limit of marks, id that the others confirm or an empty text, channel, marks
     * for the message, marks. Returns epoch, number, time, and each replica with the time of its last report.
     */
    static final Scripts REVALIDATE = new Scripts(
            STATE
                    + """
            number = number + 1
            redis.call('HSET', KEYS[1], 'number', number)
            for i = 7, #ARGV do redis.call('ZADD', KEYS[2], number, ARGV[i]) end
            local extra = redis.call('ZCARD', KEYS[2]) - ARGV[3]
            if extra > 0 then
              floor = redis.call('ZRANGE', KEYS[2], extra - 1, extra - 1, 'WITHSCORES')[2]
              redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', floor)
              redis.call('HSET', KEYS[1], 'floor', floor)
            end
            local head = table.concat({ epoch, tostring(number), ARGV[2], ARGV[4] }, ' ')
            redis.call('PUBLISH', ARGV[5], head .. '\\n' .. ARGV[6])
            local replicas = {}
            if ARGV[4] ~= '' then replicas = redis.call('ZRANGE', KEYS[3], 0, -1, 'WITHSCORES') end
            return { epoch, tostring(number), tostring(now), replicas }
            """);

    /** Deletes a lock if it has the value. */
    static final Scripts UNLOCK = new Scripts(
            """
            if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
            return {}
            """);

    private final String text;
    private volatile String digest = "";

    private Scripts(String text) {
        this.text = text;
    }

    CompletionStage<List<Object>> run(
            RedisClusterAsyncCommands<String, byte[]> commands, List<String> keys, List<byte[]> arguments) {
        String[] names = keys.toArray(String[]::new);
        byte[][] values = arguments.toArray(byte[][]::new);
        if (digest.isEmpty()) digest = commands.digest(text);
        CompletionStage<List<Object>> result = commands.evalsha(digest, ScriptOutputType.MULTI, names, values);
        return result.exceptionallyCompose(failure -> {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            if (!(cause instanceof RedisNoScriptException)) throw new CompletionException(cause);
            return commands.eval(text, ScriptOutputType.MULTI, names, values);
        });
    }
}
