package dev.watchword.demo.transfer;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.RequestReference;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.spring.feed.TokenEventListener;
import org.springframework.stereotype.Component;

/**
 * Completes transfers whose confirmation was committed, but which were not executed because the process died. The feed loses no
 * confirmation.
 */
@Component
class ConfirmedTransfers {
    private final Transfers transfers;

    ConfirmedTransfers(Transfers transfers) {
        this.transfers = transfers;
    }

    @TokenEventListener(consumer = "transfers", types = EventType.SIGNATURE_CONFIRMED)
    void confirmed(Holder holder, TokenEvent event) {
        RequestReference request = event.request();
        String fingerprint = event.origin().reference();
        if (request != null && fingerprint != null) {
            transfers.complete(holder, request.id(), fingerprint);
        }
    }
}
