package dev.kitbridge.services;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;
import tools.jackson.core.util.JsonGeneratorDelegate;

/**
 * Doubles a NUL at the beginning of a string, whichever serializer writes it: {@code values.mjs} reads a single NUL as
 * a tag.
 */
final class PlainStrings extends JsonGeneratorDelegate {

    private static final char NUL = '\0';

    PlainStrings(JsonGenerator generator) {
        // false: copied trees and events pass through this class too
        super(generator, false);
    }

    @Override
    public JsonGenerator writeString(String text) {
        if (text != null && !text.isEmpty() && text.charAt(0) == NUL) super.writeString(NUL + text);
        else super.writeString(text);
        return this;
    }

    @Override
    public JsonGenerator writeString(char[] buffer, int offset, int length) {
        if (length > 0 && buffer[offset] == NUL) return writeString(new String(buffer, offset, length));
        super.writeString(buffer, offset, length);
        return this;
    }

    @Override
    public JsonGenerator writeString(SerializableString text) {
        String value = text.getValue();
        if (!value.isEmpty() && value.charAt(0) == NUL) return writeString(value);
        super.writeString(text);
        return this;
    }

    @Override
    public JsonGenerator writeString(Reader reader, int length) {
        StringWriter text = new StringWriter();
        try {
            for (int left = length < 0 ? Integer.MAX_VALUE : length, c = 0;
                    left > 0 && (c = reader.read()) >= 0;
                    left--) {
                text.write(c);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return writeString(text.toString());
    }

    @Override
    public JsonGenerator writeUTF8String(byte[] buffer, int offset, int length) {
        return writeString(new String(buffer, offset, length, StandardCharsets.UTF_8));
    }

    @Override
    public JsonGenerator writeArray(String[] array, int offset, int length) {
        writeStartArray(array, length);
        for (int i = offset; i < offset + length; i++) writeString(array[i]);
        return writeEndArray();
    }
}
