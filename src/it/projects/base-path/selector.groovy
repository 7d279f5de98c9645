import dev.kitbridge.it.Chromium

return Chromium.isWanted()
