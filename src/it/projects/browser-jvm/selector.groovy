import dev.kitbridge.it.Chromium

Chromium.isWanted()
