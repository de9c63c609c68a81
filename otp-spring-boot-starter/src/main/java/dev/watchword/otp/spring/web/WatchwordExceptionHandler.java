package dev.watchword.otp.spring.web;

import dev.watchword.otp.lifecycle.model.LostRaceException;
import dev.watchword.otp.lifecycle.model.OverloadedException;
import dev.watchword.otp.lifecycle.model.RefusedException;
import dev.watchword.otp.lifecycle.model.StorageException;
import dev.watchword.otp.lifecycle.model.UnknownOutcomeException;
import dev.watchword.otp.lifecycle.model.WatchwordException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Answers with a problem (RFC 9457), or with the error page of the application if the client prefers HTML. The answer does not repeat the
 * message of the exception. All refusals have the same answer
 * (R2.7), and the log has the reason at the level DEBUG. A failure of the infrastructure never looks like a wrong code.
 */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
final class WatchwordExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(WatchwordExceptionHandler.class);
    private static final String RETRY_AFTER_SECONDS = "1";

    @ExceptionHandler({RefusedException.class, WatchwordException.class})
    ResponseEntity<ProblemDetail> problem(RuntimeException exception, HttpServletRequest request) {
        Answer answer = answer(exception, request);
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(answer.status, answer.detail);
        problem.setTitle(answer.title);
        ResponseEntity.BodyBuilder builder = ResponseEntity.status(answer.status);
        if (answer.repeatable) {
            builder.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        return builder.body(problem);
    }

    /** Shows the error page of the application to a browser. */
    @ExceptionHandler(
            exception = {RefusedException.class, WatchwordException.class},
            produces = MediaType.TEXT_HTML_VALUE)
    void page(RuntimeException exception, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Answer answer = answer(exception, request);
        if (answer.repeatable) {
            response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        response.sendError(answer.status.value());
    }

    private record Answer(HttpStatus status, String title, String detail, boolean repeatable) {}

    private static Answer answer(RuntimeException exception, HttpServletRequest request) {
        if (exception instanceof RefusedException refused) {
            // The pattern of the path has no values, which could name a holder.
            LOG.debug(
                    "{} {} was refused: {} {}",
                    request.getMethod(),
                    request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE),
                    refused.refusal(),
                    refused.refused().fields());
            return new Answer(HttpStatus.UNPROCESSABLE_CONTENT, "Not accepted", "The request was not accepted.", false);
        }
        LOG.error("An operation of Watchword failed", exception);
        if (exception instanceof LostRaceException) {
            return new Answer(HttpStatus.CONFLICT, "Conflict", "Nothing was changed. Repeat the request.", true);
        }
        if (exception instanceof StorageException || exception instanceof OverloadedException) {
            return new Answer(
                    HttpStatus.SERVICE_UNAVAILABLE, "Not available", "Nothing was changed. Try again later.", true);
        }
        if (exception instanceof UnknownOutcomeException) {
            return new Answer(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "Unknown outcome",
                    "The request may have succeeded. Look before you repeat it.",
                    false);
        }
        return new Answer(HttpStatus.INTERNAL_SERVER_ERROR, "Internal error", "The request failed.", false);
    }
}
