package dev.watchword.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The public records. Another component changes the canonical constructor of a record, which breaks its callers. A record
 * is therefore public only if its shape cannot grow. Every other public value is a class with a builder or withers.
 */
class PublicRecordsTest {
    /** One text each. */
    private static final Set<String> IDENTIFIERS = Set.of(
            "BatchId",
            "ConsumerName",
            "DeviceFingerprint",
            "Holder",
            "MailAddress",
            "Operator",
            "Purpose",
            "RequestId",
            "RequestReference",
            "SerialNumber",
            "ServiceId",
            "TablePrefix",
            "UserId");

    /** RFC 4226, RFC 6238 and RFC 6287 define the parameters and the results of a code or a response. */
    private static final Set<String> CODES = Set.of(
            "HotpProfile",
            "OcraVerification.Malformed",
            "OcraVerification.Matched",
            "OcraVerification.Wrong",
            "OcraWindow",
            "OtpauthUri.ForHotp",
            "OtpauthUri.ForTotp",
            "TotpProfile",
            "TotpWindow",
            "Verification.Malformed",
            "Verification.Matched",
            "Verification.Replayed",
            "Verification.Wrong",
            "CodeState",
            "SeedProfile.ForHotp",
            "SeedProfile.ForTotp",
            "SeedSigning");

    /** The form of the chain is part of every stored history. */
    private static final Set<String> CHAIN = Set.of("ChainLink", "HistoryAnchor");

    /** A record of a file, its position and its problem. */
    private static final Set<String> FILE_RECORDS =
            Set.of("BadRecord", "BadRecords", "Place", "SeedRecord.Bad", "SeedRecord.Good", "TokenRecord.Good");

    /** The kinds of a choice. A later choice is another record. */
    private static final Set<String> CHOICES = Set.of(
            "BulkAction.Lapse",
            "BulkAction.Revoke",
            "BulkAction.Suspend",
            "BulkAction.Withdraw",
            "ProvisioningWait.Lasting",
            "ProvisioningWait.NextDay",
            "Selection.ExpiringBefore",
            "Selection.OfBatch",
            "Selection.OfSerials",
            "Selection.Overdue",
            "Selection.SuspendedBefore",
            "Selection.UnusedSince");

    /** The kinds of a decision after a failed delivery. A later kind is another record. */
    private static final Set<String> FAILURES =
            Set.of("AfterFailure.BackOff", "AfterFailure.Park", "AfterFailure.Pause");

    /** The class and the message of an exception. */
    private static final Set<String> ERRORS = Set.of("DeliveryError");

    /** A name and the code that it names. */
    private static final Set<String> TEST_KIT = Set.of("Check");

    @Test
    void onlyShapesThatCannotGrowAreRecords() {
        Set<String> expected = Stream.of(IDENTIFIERS, CODES, CHAIN, FILE_RECORDS, CHOICES, FAILURES, ERRORS, TEST_KIT)
                .flatMap(Set::stream)
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(expected, records());
    }

    private static Set<String> records() {
        return List.of(Library.values()).stream()
                .flatMap(library -> library.exportedPackages().flatMap(name -> PublicApi.types(library, name).stream()))
                .filter(Class::isRecord)
                .map(type -> type.getName()
                        .substring(type.getPackageName().length() + 1)
                        .replace('$', '.'))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
