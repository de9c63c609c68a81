package dev.watchword.demo.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpMethod;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;

/** Redirects a visitor to the login of customers. A visitor who sent a form reads that it was not accepted, because the login has ended. */
final class CustomerEntryPoint extends LoginUrlAuthenticationEntryPoint {
    CustomerEntryPoint() {
        super(LoginController.PATH);
    }

    @Override
    protected String determineUrlToUseForThisRequest(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException cause) {
        return HttpMethod.POST.matches(request.getMethod()) ? LoginController.ENDED : LoginController.PATH;
    }
}
