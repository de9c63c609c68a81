package dev.watchword.demo.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.demo.visit.Bank;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** Uploads of clients that are not operators. */
class UploadTest {
    @Test
    void nobodyButAnOperatorUploads() throws IOException, InterruptedException {
        try (Bank bank = Bank.open()) {
            for (String path :
                    new String[] {"/desk/stock/import", "/login", "/stage/time", "/app/requests", "/bank/limit"}) {
                HttpResponse<String> answer = HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(bank.address().resolve(path))
                                        .header("Content-Type", "multipart/form-data; boundary=x")
                                        .POST(BodyPublishers.ofString("--x--"))
                                        .build(),
                                BodyHandlers.ofString());
                assertThat(answer.statusCode()).as(path).isEqualTo(415);
            }
        }
    }
}
