package dev.watchword.demo.customer;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.model.Refused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.support.RequestContextUtils;

/**
 * Redirects from a form that was refused to its page, and gives the page the problems. A flash attribute would be gone after a reload or a
 * change of the language, so the session keeps the problems until the customer opens another page.
 */
@Component
class Pages implements HandlerInterceptor, WebMvcConfigurer {
    private static final String KEPT = "customer.kept";

    private final MessageSource messages;

    Pages(MessageSource messages) {
        this.messages = messages;
    }

    /** A problem in the language of the page. */
    record Line(@Nullable String field, String text) {}

    /** Returns to a page with its problems. */
    static String again(HttpServletRequest request, String path, List<Problem> problems) {
        return show(request, path, problems, Map.of());
    }

    /** Returns to a page whose operation was refused. If the customer's state no longer allows it, the selection shows the problem. */
    static String refused(HttpServletRequest request, String path, Refused<?> refused) {
        return again(request, Problems.isOfState(refused) ? OtpController.PATH : path, Problems.of(refused));
    }

    /** Shows a page with problems and values, which stay until the customer opens another page. */
    static String show(HttpServletRequest request, String path, List<Problem> problems, Map<String, String> values) {
        String user = requireNonNull(request.getRemoteUser());
        request.getSession().setAttribute(KEPT, new Kept(user, path, List.copyOf(problems), Map.copyOf(values)));
        return "redirect:" + path;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/bank/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        HttpSession session = request.getSession();
        if (session.getAttribute(KEPT) instanceof Kept kept
                && !(kept.path().equals(request.getRequestURI()) && kept.user().equals(request.getRemoteUser()))) {
            session.removeAttribute(KEPT);
        }
        return true;
    }

    @Override
    public void postHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable ModelAndView page) {
        if (page == null || page.getViewName() == null || page.getViewName().startsWith("redirect:")) {
            return;
        }
        Kept kept = request.getSession().getAttribute(KEPT) instanceof Kept some ? some : Kept.NOTHING;
        Locale language = RequestContextUtils.getLocale(request);
        List<Line> lines =
                kept.problems().stream().map(problem -> line(problem, language)).toList();
        page.getModel().putIfAbsent("problems", lines);
        page.getModel().putIfAbsent("invalid", ofFields(lines));
        page.getModel().putIfAbsent("kept", kept.values());
    }

    /** Returns the first problem of each field. */
    private static Map<String, String> ofFields(List<Line> lines) {
        Map<String, String> texts = new HashMap<>();
        for (Line line : lines) {
            if (line.field() != null) {
                texts.putIfAbsent(line.field(), line.text());
            }
        }
        return texts;
    }

    private Line line(Problem problem, Locale language) {
        return new Line(
                problem.field(),
                messages.getMessage(problem.key(), problem.arguments().toArray(), language));
    }
}
