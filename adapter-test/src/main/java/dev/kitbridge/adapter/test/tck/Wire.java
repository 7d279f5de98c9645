package dev.kitbridge.adapter.test.tck;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Sends HTTP/1.1 requests over a socket, valid or not. */
final class Wire {

    /** A generous timeout: it only matters if a server does not respond. */
    static final int MILLIS = 20_000;

    private final InputStream in;

    private Wire(InputStream in) {
        this.in = in;
    }

    /** Sends the requests with the usual timeout. */
    static List<RawResponse> send(Endpoint endpoint, RawRequest request) throws IOException {
        return send(endpoint, request, MILLIS);
    }

    /** Sends the requests, and reads a response for each; fewer if the server closes the connection. */
    static List<RawResponse> send(Endpoint endpoint, RawRequest request, int millis) throws IOException {
        try (Socket socket = endpoint.connect()) {
            socket.setSoTimeout(millis);
            Thread writer = new Thread(() -> write(socket, request.bytes()));
            writer.start();
            Wire wire = new Wire(new BufferedInputStream(socket.getInputStream()));
            List<RawResponse> responses = new ArrayList<>();
            for (String method : request.methods()) {
                RawResponse response = wire.read(method, request);
                responses.add(response);
                if (response.cut()) break;
            }
            return responses;
        }
    }

    private static void write(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            // the server has stopped reading; its response is compared
        }
    }

    private RawResponse read(String method, RawRequest request) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int status = 0;
        Map<String, List<String>> headers = new LinkedHashMap<>();
        try {
            do {
                headers.clear();
                status = Integer.parseInt(line().split(" ", 3)[1]);
                for (String line = line(); !line.isEmpty(); line = line()) {
                    int colon = line.indexOf(':');
                    headers.computeIfAbsent(
                                    line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                            .add(line.substring(colon + 1).strip());
                }
            } while (status < 200);
            if (method.equals("HEAD") || status == 204 || status == 304) {
                return new RawResponse(status, headers, new byte[0], false);
            }
            boolean whole = readBody(headers, body, request.has("\r\nconnection: close"));
            return new RawResponse(status, headers, body.toByteArray(), !whole);
        } catch (SocketTimeoutException e) {
            throw new IOException("no response, or not all of it, to " + request, e);
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new IOException("a response that is not HTTP, to " + request, e);
        } catch (EOFException | SocketException e) {
            return status == 0 ? RawResponse.NONE : new RawResponse(status, headers, body.toByteArray(), true);
        }
    }

    /**
     * @param last whether this is the last response on the connection, whose length may be wrong
     * @return whether the body has the announced length
     */
    private boolean readBody(Map<String, List<String>> headers, ByteArrayOutputStream body, boolean last)
            throws IOException {
        if (headers.containsKey("transfer-encoding")) {
            for (int size = chunkSize(); size > 0; size = chunkSize()) {
                copy(size, body);
                line();
            }
            while (!line().isEmpty()) {
                // trailers
            }
        } else if (headers.containsKey("content-length") && last) {
            in.transferTo(body);
            String length = headers.get("content-length").get(0);
            return !length.matches("\\d{1,9}") || body.size() >= Integer.parseInt(length);
        } else if (headers.containsKey("content-length")) {
            copy(Integer.parseInt(headers.get("content-length").get(0)), body);
        } else {
            in.transferTo(body);
        }
        return true;
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line().split(";", 2)[0].strip(), 16);
    }

    private void copy(int length, ByteArrayOutputStream body) throws IOException {
        byte[] buffer = new byte[Math.min(length, 64 * 1024)];
        for (int left = length; left > 0; ) {
            int count = in.read(buffer, 0, Math.min(left, buffer.length));
            if (count < 0) throw new EOFException();
            body.write(buffer, 0, count);
            left -= count;
        }
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            int octet = in.read();
            if (octet < 0) throw new EOFException();
            if (octet == '\n') return line.toString(StandardCharsets.ISO_8859_1).replaceFirst("\r$", "");
            line.write(octet);
        }
    }
}
