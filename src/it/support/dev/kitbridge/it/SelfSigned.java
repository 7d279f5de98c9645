package dev.kitbridge.it;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A self-signed certificate for this machine and its key, as PEM files.
 *
 * @param keyHash hash of the public key, by which a browser can trust it
 */
public record SelfSigned(Path certificate, Path key, String keyHash) {

    private static final String PASSWORD = "password";

    /** Creates a certificate that is valid for a day, with the JDK's keytool. */
    public static SelfSigned create(File folder) throws IOException, InterruptedException, GeneralSecurityException {
        Path into = Files.createDirectories(folder.toPath());
        Path store = into.resolve("keys.p12");
        Files.deleteIfExists(store);
        String options = "-genkeypair -alias server -keyalg EC -groupname secp256r1 -dname CN=127.0.0.1"
                + " -ext SAN=ip:127.0.0.1 -validity 1 -storetype PKCS12 -storepass " + PASSWORD + " -keystore";
        List<String> command = new ArrayList<>(List.of(options.split(" ")));
        command.add(
                0, Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.add(store.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) throw new IOException("keytool failed: " + output);

        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        Certificate certificate = keys.getCertificate("server");
        byte[] key = keys.getKey("server", PASSWORD.toCharArray()).getEncoded();
        byte[] hash = MessageDigest.getInstance("SHA-256")
                .digest(certificate.getPublicKey().getEncoded());
        return new SelfSigned(
                write(into.resolve("certificate.pem"), "CERTIFICATE", certificate.getEncoded()),
                write(into.resolve("key.pem"), "PRIVATE KEY", key),
                Base64.getEncoder().encodeToString(hash));
    }

    private static Path write(Path file, String label, byte[] content) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return Files.writeString(file, "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n");
    }
}
