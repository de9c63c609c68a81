package dev.watchword.demo.app;

import dev.watchword.demo.visit.Bank;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;

/** A client of the interface for apps, which sends any form. */
public final class AppClient {
    private final Bank bank;
    private final HttpClient http = HttpClient.newHttpClient();

    /**
     * Creates a client.
     *
     * @param bank the bank
     */
    public AppClient(Bank bank) {
        this.bank = bank;
    }

    /**
     * Posts a form.
     *
     * @param path the path
     * @param fields names and values in turn
     * @return the answer
     */
    public HttpResponse<String> post(String path, String... fields) {
        StringJoiner form = new StringJoiner("&");
        for (int i = 0; i < fields.length; i += 2) {
            form.add(fields[i] + "=" + URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
        }
        return send(HttpRequest.newBuilder(bank.address().resolve(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form.toString()))
                .build());
    }

    /**
     * Gets a path.
     *
     * @param path the path
     * @return the answer
     */
    public HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(bank.address().resolve(path)).build());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
