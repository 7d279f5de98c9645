package dev.kitbridge.cache.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisURI;
import org.junit.jupiter.api.Test;

class AddressTest {

    @Test
    void oneServerWithUserAndTls() {
        Address address = Address.parse("rediss://shop:s%40cret@cache.example:6380/3");
        assertThat(address.cluster()).isFalse();
        RedisURI uri = address.uris().get(0);
        assertThat(uri.getHost()).isEqualTo("cache.example");
        assertThat(uri.getPort()).isEqualTo(6380);
        assertThat(uri.getDatabase()).isEqualTo(3);
        assertThat(uri.isSsl()).isTrue();
        assertThat(uri.isVerifyPeer()).isTrue();
        assertThat(uri.getCredentialsProvider().resolveCredentials().block().getUsername())
                .isEqualTo("shop");
        assertThat(new String(uri.getCredentialsProvider()
                        .resolveCredentials()
                        .block()
                        .getPassword()))
                .isEqualTo("s@cret");
    }

    @Test
    void severalServersAreACluster() {
        Address address = Address.parse("redis://user:secret@one:7000,two:7001");
        assertThat(address.cluster()).isTrue();
        assertThat(address.uris()).extracting(RedisURI::getHost).containsExactly("one", "two");
        assertThat(address.uris()).extracting(RedisURI::getPort).containsExactly(7000, 7001);
        assertThat(Address.parse("redis://one?cluster=true").cluster()).isTrue();
        assertThat(Address.parse("redis://one?timeout=2s&cluster=true").uris())
                .extracting(RedisURI::getHost)
                .containsExactly("one");
    }

    @Test
    void sentinels() {
        Address address = Address.parse("redis-sentinel://secret@one:26379,two/1#main");
        assertThat(address.cluster()).isFalse();
        RedisURI uri = address.uris().get(0);
        assertThat(uri.getSentinelMasterId()).isEqualTo("main");
        assertThat(uri.getSentinels()).extracting(RedisURI::getHost).containsExactly("one", "two");
    }

    @Test
    void anInvalidUrlIsNamedWithoutThePassword() {
        for (String url :
                new String[] {"redis://user:secret@host:port", "redis:user:secret@", "redis-sentinel://secret@one"}) {
            assertThatThrownBy(() -> Address.parse(url))
                    .as(url)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected redis://")
                    .hasMessageNotContaining("secret")
                    .hasNoCause();
        }
    }
}
