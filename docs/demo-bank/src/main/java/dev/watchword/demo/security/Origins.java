package dev.watchword.demo.security;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.model.Origin;
import dev.watchword.otp.spring.security.OriginResolver;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The address from which a request came, which every event records. Controllers take the {@link Origin} as a parameter. */
@Component
class Origins implements OriginResolver, HandlerMethodArgumentResolver, WebMvcConfigurer {
    @Override
    public Origin originOf(HttpServletRequest request) {
        return Origin.NONE.source(request.getRemoteAddr());
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(this);
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Origin.class;
    }

    @Override
    public Origin resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        return originOf(requireNonNull(request.getNativeRequest(HttpServletRequest.class)));
    }
}
