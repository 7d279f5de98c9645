package dev.kitbridge.standalone.front;

import dev.kitbridge.standalone.settings.Cidr;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.SelectorManager;

/**
 * Closes new connections of an address that has too many. An IPv6 /64 counts as one address. Trusted proxies are
 * exempt: they carry the requests of many clients.
 */
final class AddressLimit implements SelectorManager.AcceptListener {

    private final int most;
    private final List<Cidr> exempt;
    private final Map<SelectableChannel, InetAddress> open = new ConcurrentHashMap<>();
    private final Map<InetAddress, Integer> counts = new ConcurrentHashMap<>();

    AddressLimit(int most, List<Cidr> exempt) {
        this.most = most;
        this.exempt = exempt;
    }

    @Override
    public void onAccepting(SelectableChannel channel) {
        try {
            if (!(((SocketChannel) channel).getRemoteAddress() instanceof InetSocketAddress remote)) return;
            InetAddress address = remote.getAddress();
            if (exempt.stream().anyMatch(range -> range.contains(address))) return;
            InetAddress client = network(address);
            open.put(channel, client);
            if (counts.merge(client, 1, Integer::sum) <= most) return;
            DisconnectReason.ADDRESS.record(client);
            // Jetty handles a closed channel
            channel.close();
        } catch (IOException e) {
            // the client has disconnected
        }
    }

    private static InetAddress network(InetAddress address) throws UnknownHostException {
        if (!(address instanceof Inet6Address)) return address;
        byte[] bytes = address.getAddress();
        Arrays.fill(bytes, 8, 16, (byte) 0);
        return InetAddress.getByAddress(bytes);
    }

    @Override
    public void onAcceptFailed(SelectableChannel channel, Throwable cause) {
        onClosed(channel);
    }

    @Override
    public void onClosed(SelectableChannel channel) {
        InetAddress client = open.remove(channel);
        if (client != null) counts.computeIfPresent(client, (key, count) -> count == 1 ? null : count - 1);
    }
}
