package dev.watchword.demo.phone;

import static java.util.Objects.requireNonNull;

import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * The phones' connection to the bank, by HTTP as from anywhere. A real app MUST use TLS and check the bank's certificate; here both are on
 * one machine. Every method throws a {@link RestClientException} if the bank cannot be reached or fails.
 */
@Component
@Profile("demo")
class BankConnection {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String address;
    private final RestClient http;
    private volatile int port;

    BankConnection(@Value("${server.address}") String address) {
        this.address = address;
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(
                HttpClient.newBuilder().connectTimeout(PATIENCE).build());
        requests.setReadTimeout(PATIENCE);
        http = RestClient.builder().requestFactory(requests).build();
    }

    @EventListener
    void started(WebServerInitializedEvent event) {
        port = event.getWebServer().getPort();
    }

    /**
     * The bank's answer.
     *
     * @param value what the bank returned; {@code null} if it refused
     * @param code the reason of a refusal, or {@code null}
     * @param notBefore the first instant at which the request can succeed, if the refusal depends on the time
     */
    record Reply(
            @Nullable String value,
            @Nullable String code,
            @Nullable Instant notBefore) {
        static Reply refused(String code) {
            return new Reply(null, code, null);
        }

        @Override
        public String toString() {
            return "Reply[code=" + code + ", notBefore=" + notBefore + "]";
        }
    }

    /** The body of a refusal. */
    private record Refusal(String code, @Nullable Instant notBefore) {}

    /** The body of the answer to an approval or a refusal. */
    private record Settled(String state) {}

    /** Requests the sealed answer for a new token, in Base64 URL. */
    Reply provision(String serviceId, String userId, String password, String deviceKey) {
        MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
        form.add("serviceId", serviceId);
        form.add("userId", userId);
        form.add("password", password);
        form.add("deviceKey", deviceKey);
        return post("/app/provisioning", form, String.class);
    }

    /** Returns the sealed signing requests that wait for a user, in Base64 URL. */
    List<String> requests(String userId) {
        MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
        form.add("userId", userId);
        List<String> waiting =
                request("/app/requests", form).retrieve().body(new ParameterizedTypeReference<List<String>>() {});
        return waiting == null ? List.of() : waiting;
    }

    /** Answers a signing request, and returns the state of the transaction. */
    Reply answer(String requestId, String response) {
        MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
        form.add("requestId", requestId);
        form.add("response", response);
        return post("/app/answers", form, Settled.class);
    }

    private Reply post(String path, MultiValueMap<String, String> form, Class<?> type) {
        return request(path, form).exchange((request, response) -> {
            if (response.getStatusCode().value() == HttpStatus.UNPROCESSABLE_CONTENT.value()) {
                Refusal refusal = requireNonNull(response.bodyTo(Refusal.class), "body");
                return new Reply(null, refusal.code(), refusal.notBefore());
            }
            if (!response.getStatusCode().is2xxSuccessful()) {
                throw new RestClientException("The bank answered with status "
                        + response.getStatusCode().value());
            }
            Object body = response.bodyTo(type);
            return new Reply(body instanceof Settled settled ? settled.state() : (String) body, null, null);
        });
    }

    private RestClient.RequestBodySpec request(String path, MultiValueMap<String, String> form) {
        return http.post()
                .uri("http://" + address + ":" + port + path)
                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                .body(encoded(form));
    }

    /** Returns bytes, because the client would log a form with the activation password at the level DEBUG. */
    private static byte[] encoded(MultiValueMap<String, String> form) {
        return form.toSingleValueMap().entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"))
                .getBytes(StandardCharsets.US_ASCII);
    }
}
