package dev.watchword.otp.lifecycle;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.RequestId;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.StorageException;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.WatchwordException;
import dev.watchword.otp.lifecycle.spi.Attempt;
import dev.watchword.otp.lifecycle.spi.StockStore;
import dev.watchword.otp.lifecycle.spi.TransactionStore;
import dev.watchword.otp.lifecycle.testing.InMemoryTokenStore;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeClock;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The view of a transaction is told of the failure of every operation. */
@Tag("R15.5")
class FailedOperationTest {
    private static final Holder TARO = new Holder("taro");

    static Stream<Method> operations() {
        return Stream.of(TokensInTransaction.class, DeskInTransaction.class)
                .flatMap(type -> Arrays.stream(type.getMethods()))
                .filter(method -> method.getDeclaringClass() != Object.class)
                .filter(method -> !Modifier.isStatic(method.getModifiers())
                        && !method.getName().equals("desk"));
    }

    /** A view whose storage is out of order. */
    private static final class Broken implements TransactionStore {
        final List<WatchwordException> told = new ArrayList<>();

        private static StorageException failure() {
            return new StorageException("The disk is full", null);
        }

        @Override
        public Optional<Enrolment> find(ServiceId serviceId, Holder holder) {
            throw failure();
        }

        @Override
        public Attempt attempt(ServiceId serviceId, Holder holder) {
            throw failure();
        }

        @Override
        public <C> Optional<C> capability(Class<C> type) {
            return type == StockStore.class ? new InMemoryTokenStore().capability(type) : Optional.empty();
        }

        @Override
        public void failed(WatchwordException failure) {
            told.add(failure);
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void isToldToTheView(Method operation) {
        Broken view = new Broken();
        Institution bank = TestInstitution.on(FakeClock.at("2026-11-23T09:00:00Z"));
        TokensInTransaction tokens = bank.within(view);
        Object target = operation.getDeclaringClass() == TokensInTransaction.class
                ? tokens
                : tokens.desk(new Operator("hanako"));
        Throwable thrown = assertThrows(
                        InvocationTargetException.class, () -> operation.invoke(target, arguments(operation)))
                .getCause();
        assertInstanceOf(WatchwordException.class, thrown);
        assertTrue(view.told.contains(thrown), () -> "not told: " + thrown);
        assertSame(thrown, view.told.get(0));
    }

    private static Object[] arguments(Method operation) {
        return Arrays.stream(operation.getParameterTypes())
                .map(type -> argument(operation, type))
                .toArray();
    }

    private static @Nullable Object argument(Method operation, Class<?> type) {
        if (type == Holder.class) {
            return TARO;
        }
        if (type == SoftwareRequest.class) {
            return SoftwareRequest.of("taro@bank.example", "4726");
        }
        if (type == HolderProof.class) {
            return HolderProof.parse("A".repeat(43)).orElseThrow();
        }
        if (type == SerialNumber.class) {
            return new SerialNumber("101199980021");
        }
        if (type == RequestId.class) {
            return new RequestId("0".repeat(32));
        }
        if (type == SuspensionReason.class) {
            return operation.getName().equals("suspendHolder")
                    ? SuspensionReason.FRAUD_SUSPECTED
                    : SuspensionReason.LOST;
        }
        return "101199980021";
    }
}
