package dev.kitbridge.standalone.front;

import dev.kitbridge.server.StartException;
import dev.kitbridge.standalone.settings.Settings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and private keys as web servers have them. */
final class Pem {

    /** The password of the key store, which exists in memory only. */
    static final String PASSWORD = "none";

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    private static final String CERTIFICATE = "CERTIFICATE";

    /** {@code AlgorithmIdentifier} of RSA, in DER. */
    private static final byte[] RSA = {
        0x30, 13, 6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 13, 1, 1, 1, 5, 0
    };

    /** The identifier of elliptic curve keys, in DER; that of the curve follows. */
    private static final byte[] EC = {6, 7, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 2, 1};

    /**
     * A block of a file.
     *
     * @param label what it is
     * @param text its content, DER in Base64
     */
    private record Block(String label, String text) {
        byte[] content() {
            return Base64.getMimeDecoder().decode(text);
        }
    }

    private Pem() {}

    /**
     * Returns a key store with the key and its certificates.
     *
     * @param certificates name of the variable that names the file, for messages
     * @param key name of the variable that names the file, for messages
     */
    static KeyStore keyStore(Settings.PemFiles files, String certificates, String key) {
        Certificate[] chain = certificates(files.certificates(), certificates);
        PrivateKey privateKey = key(files.key(), key);
        if (!belong(privateKey, chain[0].getPublicKey())) {
            throw new StartException("The private key in " + files.key() + " (" + key
                    + ") is not that of the first certificate in " + files.certificates() + " (" + certificates
                    + "); put the certificate of this server first, and its chain after it");
        }
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", privateKey, PASSWORD.toCharArray(), chain);
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new StartException(
                    "The certificate in " + files.certificates() + " cannot be used: " + e.getMessage());
        }
    }

    private static Certificate[] certificates(Path file, String variable) {
        List<Certificate> chain = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (Block block : read(file, variable)) {
                if (!block.label().equals(CERTIFICATE)) continue;
                chain.add(factory.generateCertificate(new ByteArrayInputStream(block.content())));
            }
        } catch (CertificateException | IllegalArgumentException e) {
            throw new StartException(
                    "A certificate in " + file + " (" + variable + ") cannot be read: " + e.getMessage());
        }
        if (chain.isEmpty()) {
            throw new StartException("The file " + file + " (" + variable
                    + ") holds no certificate; expected PEM: -----BEGIN CERTIFICATE-----");
        }
        return chain.toArray(Certificate[]::new);
    }

    private static PrivateKey key(Path file, String variable) {
        try {
            return findKey(file, variable);
        } catch (IllegalArgumentException e) {
            throw new StartException(
                    "The private key in " + file + " (" + variable + ") is damaged: " + e.getMessage());
        }
    }

    private static PrivateKey findKey(Path file, String variable) {
        for (Block block : read(file, variable)) {
            switch (block.label()) {
                case "PRIVATE KEY" -> {
                    return parse(block.content(), file, variable);
                }
                case "RSA PRIVATE KEY" -> {
                    return parse(wrap(RSA, block.content()), file, variable);
                }
                case "EC PRIVATE KEY" -> {
                    byte[] algorithm = der(0x30, join(EC, curve(block.content(), file, variable)));
                    return parse(wrap(algorithm, block.content()), file, variable);
                }
                case "ENCRYPTED PRIVATE KEY" ->
                    throw new StartException(
                            "The private key in " + file + " (" + variable
                                    + ") is encrypted; write it without a passphrase: openssl pkey -in encrypted.pem -out key.pem");
                default -> {
                    // certificates, parameters
                }
            }
        }
        throw new StartException("The file " + file + " (" + variable
                + ") holds no private key; expected PEM: -----BEGIN PRIVATE KEY-----");
    }

    private static List<Block> read(Path file, String variable) {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new StartException("The file " + file + " (" + variable + ") does not exist");
        } catch (AccessDeniedException e) {
            throw new StartException("The file " + file + " (" + variable + ") may not be read by this user");
        } catch (IOException e) {
            throw new StartException("The file " + file + " (" + variable + ") cannot be read: " + e.getMessage());
        }
        // encryption of older tools: the key would look damaged
        if (text.contains("Proc-Type: 4,ENCRYPTED")) {
            throw new StartException("The private key in " + file + " (" + variable
                    + ") is encrypted; write it without a passphrase: openssl pkey -in encrypted.pem -out key.pem");
        }
        List<Block> blocks = new ArrayList<>();
        for (Matcher block = BLOCK.matcher(text); block.find(); ) {
            blocks.add(new Block(block.group(1), block.group(2)));
        }
        return blocks;
    }

    private static PrivateKey parse(byte[] pkcs8, Path file, String variable) {
        for (String algorithm : List.of("RSA", "EC", "EdDSA", "RSASSA-PSS")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (InvalidKeySpecException e) {
                // the key has another algorithm
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
        throw new StartException("The private key in " + file + " (" + variable
                + ") cannot be read; expected one for RSA, an elliptic curve or Ed25519");
    }

    private static boolean belong(PrivateKey privateKey, PublicKey publicKey) {
        String kind = privateKey.getAlgorithm();
        String algorithm = kind.equals("RSA") ? "SHA256withRSA" : kind.equals("EC") ? "SHA256withECDSA" : "EdDSA";
        if (kind.equals("RSASSA-PSS")) return true;
        try {
            byte[] text = "kitbridge".getBytes(StandardCharsets.US_ASCII);
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(privateKey);
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(text);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** PKCS#8: a version, the algorithm, and the key in the form that the algorithm has. */
    private static byte[] wrap(byte[] algorithm, byte[] key) {
        return der(0x30, join(new byte[] {2, 1, 0}, algorithm, der(4, key)));
    }

    /** The curve's identifier, with its tag: the first field of the key with tag 0. */
    private static byte[] curve(byte[] sec1, Path file, String variable) {
        try {
            int at = skipHead(sec1, 0);
            while (at < sec1.length) {
                int content = skipHead(sec1, at);
                int length = length(sec1, at);
                if (sec1[at] == (byte) 0xa0) return java.util.Arrays.copyOfRange(sec1, content, content + length);
                at = content + length;
            }
        } catch (IndexOutOfBoundsException e) {
            // damaged
        }
        throw new StartException("The private key in " + file + " (" + variable
                + ") does not name its curve; write it as PKCS#8: openssl pkey -in ec.pem -out key.pem");
    }

    private static int length(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        if (first < 0x80) return first;
        int length = 0;
        for (int i = 0; i < (first & 0x7f); i++) length = (length << 8) | (der[at + 2 + i] & 0xff);
        return length;
    }

    private static int skipHead(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
    }

    private static byte[] der(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else {
            int bytes = content.length < 0x100 ? 1 : content.length < 0x10000 ? 2 : 3;
            out.write(0x80 | bytes);
            for (int i = bytes - 1; i >= 0; i--) out.write(content.length >> (8 * i));
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) out.writeBytes(part);
        return out.toByteArray();
    }
}
