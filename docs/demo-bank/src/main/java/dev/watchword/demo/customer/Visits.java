package dev.watchword.demo.customer;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Origin;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.spring.security.OriginResolver;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Makes the {@link Visit} of a request. */
@Component
class Visits implements HandlerMethodArgumentResolver, WebMvcConfigurer {
    private final Institution institution;
    private final OriginResolver origins;
    private final TokenPolicy policy;
    private final Clock clock;

    Visits(Institution institution, OriginResolver origins, TokenPolicy policy, Clock clock) {
        this.institution = institution;
        this.origins = origins;
        this.policy = policy;
        this.clock = clock;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(this);
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Visit.class;
    }

    @Override
    public Visit resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest webRequest,
            @Nullable WebDataBinderFactory binders) {
        HttpServletRequest request = requireNonNull(webRequest.getNativeRequest(HttpServletRequest.class));
        Origin origin = origins.originOf(request);
        return new Visit(
                new Holder(requireNonNull(request.getRemoteUser())),
                origin,
                institution.from(origin),
                policy.renewal(),
                clock.instant());
    }
}
