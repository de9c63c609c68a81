package dev.watchword.otp.spring.security;

import dev.watchword.otp.lifecycle.model.Origin;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Finds the origin of a request (R9.6). If the application declares a bean, every event of the code step records the origin, such as
 * the network address of the browser. Without a bean, events have no origin. It MUST be thread-safe.
 *
 * <p>Behind a proxy, {@code request.getRemoteAddr()} is the address of the proxy unless {@code server.forward-headers-strategy} is
 * set. The origin is personal data, which the erasure of a holder removes.
 */
@FunctionalInterface
public interface OriginResolver {
    /**
     * Returns the origin of a request.
     *
     * @param request the request that carries the code
     * @return the origin; {@link Origin#NONE} if it is unknown
     */
    Origin originOf(HttpServletRequest request);
}
