package oriel;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signal HUP, which by old custom asks a server to read its configuration again. It also comes when the terminal goes
 * that Oriel was started from, and does not end it then either. Java has no public way to signals; this one
 * ({@code sun.misc.Signal}, of the module {@code jdk.unsupported}) is called by its name, so that we compile without it and
 * do without it where there is none, as on Windows.
 */
final class HangUp {
    private static final Logger LOG = LoggerFactory.getLogger("config");

    private HangUp() {}

    /**
     * Runs {@code action}, on a thread of its own, each time the signal comes. Does nothing where there is no such signal, or
     * where it is ignored because who started us wants it so (nohup).
     */
    static void onEach(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            MethodHandle run = MethodHandles.lookup()
                    .findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
                    .bindTo(action);
            Object runs = MethodHandleProxies.asInterfaceInstance(handler, MethodHandles.dropArguments(run, 0, signal));
            Object hup = signal.getConstructor(String.class).newInstance("HUP");
            signal.getMethod("handle", signal, handler).invoke(null, hup, runs);
        } catch (InvocationTargetException e) {
            LOG.debug("no signal HUP: {}", String.valueOf(e.getCause()));
        } catch (ReflectiveOperationException e) {
            LOG.debug("no signals here: {}", e.toString());
        }
    }
}
