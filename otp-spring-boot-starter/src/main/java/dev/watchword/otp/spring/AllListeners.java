package dev.watchword.otp.spring;

import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.spi.MeasuredOperation;
import dev.watchword.otp.lifecycle.spi.TokenListener;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells every listener of the application. A listener that fails is logged, and the others are told. The last listener to begin is
 * the first to be told of the end, so that scopes close in the reverse order. Thread-safe if the listeners are.
 */
final class AllListeners implements TokenListener {
    private static final Logger LOG = LoggerFactory.getLogger(AllListeners.class);

    private final List<TokenListener> listeners;

    AllListeners(List<TokenListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public void measured(MeasuredOperation measured) {
        for (int i = listeners.size() - 1; i >= 0; i--) {
            try {
                listeners.get(i).measured(measured);
            } catch (RuntimeException e) {
                LOG.warn("A listener failed; the operation stands", e);
            }
        }
    }

    @Override
    public TokenListener begin(ServiceId serviceId, String operation) {
        List<TokenListener> begun = new ArrayList<>();
        for (TokenListener listener : listeners) {
            begun.add(begin(listener, serviceId, operation));
        }
        return new AllListeners(begun);
    }

    private static TokenListener begin(TokenListener listener, ServiceId serviceId, String operation) {
        try {
            return listener.begin(serviceId, operation);
        } catch (RuntimeException e) {
            LOG.warn("A listener failed at the beginning of an operation, which goes on", e);
            return listener;
        }
    }
}
