package dev.watchword.springboot;

import dev.watchword.otp.app.DeviceKey;
import dev.watchword.otp.app.SealedAnswer;
import dev.watchword.otp.app.TokenContents;
import dev.watchword.otp.testing.FakeAuthenticator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;

/** A phone for the command line. It takes the address of the bank, the user ID and the activation password. */
final class Phone {
    private Phone() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        DeviceKey device = DeviceKey.generate(new SecureRandom());
        String form = "userId=" + arguments[1] + "&password=" + arguments[2] + "&deviceKey="
                + Base64.getUrlEncoder().encodeToString(device.publicKey().toBytes());
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(arguments[0] + "/app/provisioning"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(form))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("The bank answered " + answer.statusCode());
        }
        TokenContents contents = device.open(
                        SealedAnswer.fromBytes(Base64.getUrlDecoder().decode(answer.body())), "10112235", arguments[1])
                .orElseThrow();
        FakeAuthenticator display = new FakeAuthenticator(contents.profile(), contents.secret(), Clock.systemUTC());
        long step = contents.profile().timeStep().toMillis();
        while (true) {
            System.out.println(display.code());
            Thread.sleep(step - System.currentTimeMillis() % step);
        }
    }
}
