package dev.watchword.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The listings in {@code docs/api} are the public API, so that every change of it shows in a review. */
class ApiListingTest {
    @ParameterizedTest
    @EnumSource
    void theListingIsThePublicApi(Library library) throws IOException {
        Path file = Project.ROOT.resolve("docs/api").resolve(library.artifact() + ".txt");
        String listing = ApiListing.of(library);
        if (Boolean.getBoolean("api.write")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, listing);
        }

        assertEquals(
                Project.read(file),
                listing,
                "the public API differs from its listing: run ApiListingTest with -Dapi.write=true");
    }
}
