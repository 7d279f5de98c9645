package dev.kitbridge.standalone.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.server.StartException;
import dev.kitbridge.server.TestCertificate;
import dev.kitbridge.standalone.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemTest {

    @TempDir
    Path temp;

    private KeyStore read(Path certificate, Path key) {
        return Pem.keyStore(new Settings.PemFiles(certificate, key), "TLS_CERT", "TLS_KEY");
    }

    private static java.security.Key key(KeyStore store) throws Exception {
        return store.getKey("server", Pem.PASSWORD.toCharArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void keysOfAllUsualKindsAreRead(String algorithm) throws Exception {
        TestCertificate made = TestCertificate.make(temp, algorithm);

        KeyStore store = read(made.writeCertificate(temp.resolve("c.pem")), made.writeKey(temp.resolve("k.pem")));

        assertThat(key(store)).isEqualTo(made.key());
        assertThat(store.getCertificate("server")).isEqualTo(made.certificate());
    }

    @Test
    void theOlderFormOfAnRsaKeyIsRead() throws Exception {
        TestCertificate made = TestCertificate.make(temp, "RSA");
        // PKCS#8 with version and algorithm before an octet string that holds PKCS#1
        byte[] pkcs8 = made.key().getEncoded();
        byte[] pkcs1 = Arrays.copyOfRange(pkcs8, 26, pkcs8.length);
        Path key = Files.writeString(temp.resolve("k.pem"), TestCertificate.pem("RSA PRIVATE KEY", pkcs1));

        assertThat(key(read(made.writeCertificate(temp.resolve("c.pem")), key))).isEqualTo(made.key());
    }

    @Test
    void theOlderFormOfAKeyOnACurveIsRead() throws Exception {
        TestCertificate made = TestCertificate.make(temp, "EC");
        java.security.interfaces.ECPrivateKey key = (java.security.interfaces.ECPrivateKey) made.key();
        int size = (key.getParams().getOrder().bitLength() + 7) / 8;
        byte[] curve = key.getParams().toString().contains("1.3.132.0.34")
                ? new byte[] {6, 5, 0x2b, (byte) 0x81, 4, 0, 34}
                : new byte[] {6, 8, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 3, 1, 7};
        byte[] number = key.getS().toByteArray();
        java.io.ByteArrayOutputStream sec1 = new java.io.ByteArrayOutputStream();
        sec1.writeBytes(new byte[] {0x30, (byte) (3 + 2 + size + 2 + curve.length), 2, 1, 1, 4, (byte) size});
        for (int i = number.length; i < size; i++) sec1.write(0);
        sec1.write(number, Math.max(0, number.length - size), Math.min(number.length, size));
        sec1.writeBytes(new byte[] {(byte) 0xa0, (byte) curve.length});
        sec1.writeBytes(curve);
        Path file = Files.writeString(temp.resolve("k.pem"), TestCertificate.pem("EC PRIVATE KEY", sec1.toByteArray()));

        java.security.Key read = key(read(made.writeCertificate(temp.resolve("c.pem")), file));
        assertThat(((java.security.interfaces.ECPrivateKey) read).getS()).isEqualTo(key.getS());
    }

    @Test
    void aChainIsKeptInOrder() throws Exception {
        TestCertificate made = TestCertificate.make(temp, "EC");
        TestCertificate issuer = TestCertificate.make(temp, "EC");
        Path chain = Files.writeString(
                temp.resolve("c.pem"),
                TestCertificate.pem("CERTIFICATE", made.certificate().getEncoded())
                        + TestCertificate.pem(
                                "CERTIFICATE", issuer.certificate().getEncoded()));
        Path key = made.writeKey(temp.resolve("k.pem"));

        assertThat(read(chain, key).getCertificateChain("server"))
                .containsExactly(made.certificate(), issuer.certificate());
    }

    @Test
    void mistakesAreNamed() throws Exception {
        TestCertificate made = TestCertificate.make(temp, "EC");
        Path certificate = made.writeCertificate(temp.resolve("c.pem"));
        Path key = made.writeKey(temp.resolve("k.pem"));
        Path other = TestCertificate.make(temp, "EC").writeKey(temp.resolve("other.pem"));
        Path encrypted = Files.writeString(
                temp.resolve("encrypted.pem"), TestCertificate.pem("ENCRYPTED PRIVATE KEY", new byte[10]));
        Path garbage = Files.writeString(temp.resolve("garbage.pem"), TestCertificate.pem("PRIVATE KEY", new byte[10]));
        Path damaged = Files.writeString(temp.resolve("damaged.pem"), TestCertificate.pem("CERTIFICATE", new byte[9]));
        Path missing = temp.resolve("missing.pem");

        refused(missing, key, "The file " + missing + " (TLS_CERT) does not exist");
        refused(certificate, missing, "The file " + missing + " (TLS_KEY) does not exist");
        refused(
                key,
                key,
                "The file " + key + " (TLS_CERT) holds no certificate; expected PEM: -----BEGIN CERTIFICATE-----");
        refused(
                certificate,
                certificate,
                "The file " + certificate
                        + " (TLS_KEY) holds no private key; expected PEM: -----BEGIN PRIVATE KEY-----");
        refused(
                certificate,
                encrypted,
                "The private key in " + encrypted + " (TLS_KEY) is encrypted; write it without a passphrase:"
                        + " openssl pkey -in encrypted.pem -out key.pem");
        refused(
                certificate,
                garbage,
                "The private key in " + garbage
                        + " (TLS_KEY) cannot be read; expected one for RSA, an elliptic curve or Ed25519");
        refused(
                certificate,
                other,
                "The private key in " + other + " (TLS_KEY) is not that of the first certificate in " + certificate
                        + " (TLS_CERT); put the certificate of this server first, and its chain after it");
        assertThatThrownBy(() -> read(damaged, key))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("A certificate in " + damaged + " (TLS_CERT) cannot be read: ");
    }

    private void refused(Path certificate, Path key, String message) {
        assertThatThrownBy(() -> read(certificate, key))
                .isInstanceOf(StartException.class)
                .hasMessage(message);
    }
}
