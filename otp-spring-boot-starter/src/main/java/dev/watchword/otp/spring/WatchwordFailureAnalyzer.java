package dev.watchword.otp.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints what is wrong with the configuration of Watchword, and what to do. */
final class WatchwordFailureAnalyzer extends AbstractFailureAnalyzer<WatchwordConfigurationException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, WatchwordConfigurationException cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.action(), cause);
    }
}
