package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * With what a holder confirms which operation. Immutable.
 *
 * @param factors the factors of each operation; an operation that is missing needs none. Activating, renewing and revoking
 *     need the token's code, the others cannot
 * @param passwordKeeper who knows the confirmation passwords
 * @param passwordTries how many wrong confirmation passwords in a row lock it, 1 to 100
 * @param mailCodeTries how many wrong mail codes in a row lock them, 1 to 100
 * @param mailCodeLifetime how long a mail code is good, at most ten minutes (NIST SP 800-63B-4 §3.1.3.2)
 */
public record ConfirmationPolicy(
        Map<Operation, Set<Factor>> factors,
        PasswordKeeper passwordKeeper,
        int passwordTries,
        int mailCodeTries,
        Duration mailCodeLifetime) {
    private static final Set<Operation> WITH_CODE =
            Collections.unmodifiableSet(EnumSet.of(Operation.ACTIVATE, Operation.RENEW, Operation.REVOKE));

    private static final Map<Operation, Set<Factor>> CODE_ONLY = Map.of(
            Operation.ACTIVATE, Set.of(Factor.TOKEN_CODE),
            Operation.RENEW, Set.of(Factor.TOKEN_CODE),
            Operation.REVOKE, Set.of(Factor.TOKEN_CODE));

    /** A bank's: the confirmation password nearly everywhere, and a mail code to issue a software token. */
    public static final ConfirmationPolicy BANK = new ConfirmationPolicy(
            Map.of(
                    Operation.ISSUE, Set.of(Factor.PASSWORD, Factor.MAIL_CODE),
                    Operation.ORDER, Set.of(Factor.PASSWORD),
                    Operation.RENEW, Set.of(Factor.PASSWORD, Factor.TOKEN_CODE),
                    Operation.ACTIVATE, Set.of(Factor.TOKEN_CODE),
                    Operation.CANCEL, Set.of(Factor.PASSWORD),
                    Operation.REVOKE, Set.of(Factor.PASSWORD, Factor.TOKEN_CODE)),
            PasswordKeeper.LIBRARY,
            5,
            5,
            Duration.ofMinutes(10));

    /** Nothing but the token's own codes, for applications that confirm in their own way before they call. */
    public static final ConfirmationPolicy BY_APPLICATION =
            new ConfirmationPolicy(CODE_ONLY, PasswordKeeper.APPLICATION, 5, 5, Duration.ofMinutes(10));

    /**
     * Creates a policy.
     *
     * @throws IllegalArgumentException if a value is out of range; the message names it
     */
    public ConfirmationPolicy {
        Map<Operation, Set<Factor>> copy = new EnumMap<>(Operation.class);
        for (Operation operation : Operation.values()) {
            Set<Factor> needed = Set.copyOf(factors.getOrDefault(operation, Set.of()));
            if (needed.contains(Factor.TOKEN_CODE) != WITH_CODE.contains(operation)) {
                throw new IllegalArgumentException("factors of " + operation + " must "
                        + (WITH_CODE.contains(operation) ? "" : "not ")
                        + "have TOKEN_CODE: activating, renewing and revoking prove the token, the others have none");
            }
            copy.put(operation, needed);
        }
        factors = Collections.unmodifiableMap(copy);
        requireNonNull(passwordKeeper, "passwordKeeper");
        Require.range(passwordTries, "passwordTries", 1, LockPolicy.MAX_FAILURES, "NIST SP 800-63B-4 §3.2.2");
        Require.range(mailCodeTries, "mailCodeTries", 1, LockPolicy.MAX_FAILURES, "NIST SP 800-63B-4 §3.2.2");
        Require.duration(mailCodeLifetime, "mailCodeLifetime", Duration.ofSeconds(1), Duration.ofMinutes(10));
    }

    /**
     * Returns this policy with another keeper of the confirmation passwords.
     *
     * @param keeper who knows them
     * @return a policy that is otherwise the same
     */
    public ConfirmationPolicy withPasswordKeeper(PasswordKeeper keeper) {
        return new ConfirmationPolicy(factors, keeper, passwordTries, mailCodeTries, mailCodeLifetime);
    }

    /**
     * Returns the factors of an operation.
     *
     * @param operation the operation
     * @return what confirms it, empty if nothing does
     */
    public Set<Factor> factorsOf(Operation operation) {
        return requireNonNull(factors.get(operation));
    }
}
