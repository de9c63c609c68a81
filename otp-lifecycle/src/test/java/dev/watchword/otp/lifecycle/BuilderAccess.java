package dev.watchword.otp.lifecycle;

import dev.watchword.otp.lifecycle.internal.machine.TokenMachine;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import java.util.function.Function;
import java.util.function.IntConsumer;

/** Gives tests of other packages the package-private settings of the builder. */
public final class BuilderAccess {
    private BuilderAccess() {}

    public static Institution.Builder machine(
            Institution.Builder builder, Function<TokenPolicy, TokenMachine> machine) {
        return builder.machine(machine);
    }

    public static Institution.Builder codesTried(Institution.Builder builder, IntConsumer codesTried) {
        return builder.codesTried(codesTried);
    }
}
