package dev.watchword.demo.desk;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.OperatorDesk;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.spring.security.OriginResolver;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Component;

/** The operations of the operator who is logged in. Each event has the operator's name and the address of the request. */
@Component
class Desks {
    private final Institution institution;
    private final OriginResolver origins;

    Desks(Institution institution, OriginResolver origins) {
        this.institution = institution;
        this.origins = origins;
    }

    OperatorDesk of(HttpServletRequest request) {
        return institution.from(origins.originOf(request)).desk(operator(request));
    }

    static Operator operator(HttpServletRequest request) {
        return new Operator(requireNonNull(request.getUserPrincipal(), "the desk needs a login").getName());
    }
}
