package dev.watchword.otp.spring.web;

import dev.watchword.otp.lifecycle.model.LostRaceException;
import dev.watchword.otp.lifecycle.model.OverloadedException;
import dev.watchword.otp.lifecycle.model.RefusedException;
import dev.watchword.otp.lifecycle.model.StorageException;
import dev.watchword.otp.lifecycle.model.UnknownOutcomeException;
import dev.watchword.otp.lifecycle.model.WatchwordException;
import jakarta.servlet.http.HttpServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Answers with a problem (RFC 9457) that does not repeat the message of the exception. All refusals have the same answer
 * (R2.7), and the log has the reason at the level DEBUG. A failure of the infrastructure never looks like a wrong code.
 */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
final class WatchwordExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(WatchwordExceptionHandler.class);
    private static final String RETRY_AFTER_SECONDS = "1";

    @ExceptionHandler(RefusedException.class)
    ResponseEntity<ProblemDetail> refused(RefusedException refused, HttpServletRequest request) {
        // The pattern of the path has no values, which could name a holder.
        LOG.debug(
                "{} {} was refused: {} {}",
                request.getMethod(),
                request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE),
                refused.refusal(),
                refused.refused().fields());
        return answer(HttpStatus.UNPROCESSABLE_CONTENT, "Not accepted", "The request was not accepted.", false);
    }

    @ExceptionHandler(WatchwordException.class)
    ResponseEntity<ProblemDetail> failed(WatchwordException failure) {
        LOG.error("An operation of Watchword failed", failure);
        if (failure instanceof LostRaceException) {
            return answer(HttpStatus.CONFLICT, "Conflict", "Nothing was changed. Repeat the request.", true);
        }
        if (failure instanceof StorageException || failure instanceof OverloadedException) {
            return answer(
                    HttpStatus.SERVICE_UNAVAILABLE, "Not available", "Nothing was changed. Try again later.", true);
        }
        if (failure instanceof UnknownOutcomeException) {
            return answer(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "Unknown outcome",
                    "The request may have succeeded. Look before you repeat it.",
                    false);
        }
        return answer(HttpStatus.INTERNAL_SERVER_ERROR, "Internal error", "The request failed.", false);
    }

    private static ResponseEntity<ProblemDetail> answer(
            HttpStatus status, String title, String detail, boolean repeatable) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setTitle(title);
        ResponseEntity.BodyBuilder builder = ResponseEntity.status(status);
        if (repeatable) {
            builder.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        return builder.body(problem);
    }
}
