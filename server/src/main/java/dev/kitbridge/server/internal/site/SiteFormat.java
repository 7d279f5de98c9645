package dev.kitbridge.server.internal.site;

import dev.kitbridge.server.internal.site.SiteFile.Encoding;
import dev.kitbridge.server.internal.site.SiteFile.Variant;
import dev.kitbridge.server.internal.site.SiteManifest.Redirect;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The format of {@code site.bin}: the manifest's values in order, each text and list preceded by its length. Binary,
 * because it is read at each start: loading a JSON parser would take a tenth of the start.
 */
final class SiteFormat {

    /** Version of the format, which follows the magic number. A change of the format increases it. */
    static final int VERSION = 3;

    private static final int MAGIC = 0x6b697473;

    private SiteFormat() {}

    static byte[] write(SiteManifest site) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(MAGIC);
        out.writeInt(VERSION);
        text(out, site.kit());
        text(out, site.version());
        text(out, site.base());
        text(out, site.fixed());
        text(out, site.appPath());
        text(out, site.origin());
        text(out, site.errorPage());
        out.writeInt(site.files().size());
        for (SiteFile file : site.files()) write(out, file);
        out.writeInt(site.redirects().size());
        for (Redirect redirect : site.redirects()) {
            text(out, redirect.path());
            out.writeInt(redirect.status());
            text(out, redirect.location());
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, SiteFile file) throws IOException {
        out.writeInt(file.paths().size());
        for (String path : file.paths()) text(out, path);
        text(out, file.file());
        out.writeLong(file.size());
        text(out, file.digest());
        text(out, file.type());
        out.writeByte(file.immutable() ? 1 : 0);
        out.writeInt(file.variants().size());
        for (Variant variant : file.variants()) {
            text(out, variant.encoding().token());
            out.writeLong(variant.size());
        }
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static SiteManifest read(byte[] bytes, String where) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            if (in.getInt() != MAGIC)
                throw new IOException(where + " is not a site manifest; expected the file that an adapter wrote");
            int version = in.getInt();
            if (version != VERSION) {
                throw new IOException(where + " has version " + version + " of the format, expected " + VERSION
                        + "; build the app with the version of Kitbridge that the server has");
            }
            SiteManifest site = new SiteManifest(
                    text(in), text(in), text(in), text(in), text(in), text(in), text(in), files(in), redirects(in));
            if (in.hasRemaining())
                throw new IOException(
                        where + " has " + in.remaining() + " bytes after the end of the manifest; build the app again");
            return site;
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new IOException(where + " is damaged or truncated; build the app again", e);
        }
    }

    private static List<SiteFile> files(ByteBuffer in) {
        List<SiteFile> files = new ArrayList<>();
        for (int left = in.getInt(); left > 0; left--) {
            List<String> paths = new ArrayList<>(2);
            for (int more = in.getInt(); more > 0; more--) paths.add(text(in));
            files.add(new SiteFile(paths, text(in), in.getLong(), text(in), text(in), in.get() != 0, variants(in)));
        }
        return files;
    }

    private static List<Variant> variants(ByteBuffer in) {
        List<Variant> variants = new ArrayList<>(3);
        for (int left = in.getInt(); left > 0; left--) {
            variants.add(new Variant(encoding(text(in)), in.getLong()));
        }
        return variants;
    }

    private static Encoding encoding(String token) {
        for (Encoding encoding : Encoding.values()) {
            if (encoding.token().equals(token)) return encoding;
        }
        throw new IllegalArgumentException("unknown encoding " + token);
    }

    private static List<Redirect> redirects(ByteBuffer in) {
        List<Redirect> redirects = new ArrayList<>();
        for (int left = in.getInt(); left > 0; left--) redirects.add(new Redirect(text(in), in.getInt(), text(in)));
        return redirects;
    }

    private static String text(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) throw new BufferUnderflowException();
        byte[] bytes = new byte[length];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
