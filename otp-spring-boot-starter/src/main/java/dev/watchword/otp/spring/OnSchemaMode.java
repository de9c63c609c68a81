package dev.watchword.otp.spring;

import java.util.Locale;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches if the property {@code watchword.schema} has one of some values. */
abstract class OnSchemaMode extends SpringBootCondition {
    private final SchemaMode mode;
    private final boolean automatic;

    OnSchemaMode(SchemaMode mode, boolean automatic) {
        this.mode = mode;
        this.automatic = automatic;
    }

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        String text = context.getEnvironment().getProperty("watchword.schema", "auto");
        boolean matches = text.equalsIgnoreCase(mode.name()) || (automatic && text.equalsIgnoreCase("auto"));
        return new ConditionOutcome(
                matches,
                ConditionMessage.forCondition("watchword.schema").because("it is " + text.toLowerCase(Locale.ROOT)));
    }

    /** Matches the values {@code flyway} and {@code auto}. */
    static final class Flyway extends OnSchemaMode {
        Flyway() {
            super(SchemaMode.FLYWAY, true);
        }
    }

    /** Matches the value {@code liquibase}. */
    static final class Liquibase extends OnSchemaMode {
        Liquibase() {
            super(SchemaMode.LIQUIBASE, false);
        }
    }

    /** Matches the value {@code auto}. */
    static final class Automatic extends OnSchemaMode {
        Automatic() {
            super(SchemaMode.AUTO, true);
        }
    }
}
