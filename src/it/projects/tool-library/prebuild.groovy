import dev.kitbridge.it.App
import dev.kitbridge.it.Chromium

// Fails before the build if a browser is named and missing
if (Chromium.isWanted()) Chromium.program()

App.copyExample(apps, 'spring-boot', new File(basedir, 'library'), kitVersion)
new File(basedir, 'library/src/test/java/dev/kitbridge/examples/toollibrary/WithTestClasses.java').text = '''
package dev.kitbridge.examples.toollibrary;

/** Starts the application for development, with the classes of its tests. */
class WithTestClasses {
    public static void main(String[] arguments) {
        System.out.println("started with the test classes");
        ToolLibrary.main(arguments);
    }
}
'''
App.copy(apps, 'browser', new File(basedir, 'browser'), '')
true
