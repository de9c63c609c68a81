package dev.watchword.otp.jdbc;

import dev.watchword.otp.lifecycle.model.OpenRequest;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.RequestId;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.SigningMethod;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The column of the open signing requests in {@code otp_enrolment}: one line for each, whose fields have tabs between them. No
 * field contains a tab or the end of a line. The column is null without a request.
 */
final class RequestColumn {
    private static final String NAME = "open_requests";
    private static final String TAB = "\t";
    private static final String LINE = "\n";
    private static final int FIELDS = 8;

    private RequestColumn() {}

    static void values(Parameters parameters, List<OpenRequest> requests) throws SQLException {
        parameters.text(
                requests.isEmpty()
                        ? null
                        : requests.stream().map(RequestColumn::line).collect(Collectors.joining(LINE)));
    }

    private static String line(OpenRequest request) {
        return String.join(
                TAB,
                request.id().value(),
                request.method().name(),
                request.serial().value(),
                request.purpose().value(),
                request.nonce(),
                request.digest(),
                Long.toString(Micros.of(request.expiresAt())),
                request.detail() == null ? "" : request.detail());
    }

    static List<OpenRequest> read(Columns columns) throws SQLException {
        List<OpenRequest> requests = columns.valueOrNull(NAME, RequestColumn::parse);
        return requests == null ? List.of() : requests;
    }

    private static List<OpenRequest> parse(String text) {
        return Arrays.stream(text.split(LINE, -1)).map(RequestColumn::request).toList();
    }

    private static OpenRequest request(String line) {
        String[] fields = line.split(TAB, -1);
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException("A signing request must have " + FIELDS + " fields");
        }
        return OpenRequest.builder()
                .id(new RequestId(fields[0]))
                .method(SigningMethod.valueOf(fields[1]))
                .serial(new SerialNumber(fields[2]))
                .purpose(new Purpose(fields[3]))
                .nonce(fields[4])
                .digest(fields[5])
                .expiresAt(Micros.at(Long.parseLong(fields[6])))
                .detail(detail(fields[7]))
                .build();
    }

    private static @Nullable String detail(String field) {
        return field.isEmpty() ? null : field;
    }
}
