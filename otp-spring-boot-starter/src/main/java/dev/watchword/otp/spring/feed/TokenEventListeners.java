package dev.watchword.otp.spring.feed;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.FeedStart;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ReflectionUtils;

/** Finds the methods with {@link TokenEventListener}. */
final class TokenEventListeners {
    private TokenEventListeners() {}

    /** Returns a handler for each marked method of each bean, which must be a singleton or have a scoped proxy. */
    static List<FeedHandler> in(ListableBeanFactory beans) {
        List<FeedHandler> handlers = new ArrayList<>();
        for (String name : beans.getBeanNamesForType(Object.class, true, false)) {
            Class<?> type = beans.getType(name, false);
            if (type == null
                    || type.getName().startsWith("org.springframework.")
                    || ScopedProxyUtils.isScopedTarget(name)) {
                continue;
            }
            Map<Method, TokenEventListener> methods =
                    MethodIntrospector.selectMethods(type, (MethodIntrospector.MetadataLookup<TokenEventListener>)
                            method -> AnnotatedElementUtils.findMergedAnnotation(method, TokenEventListener.class));
            if (!methods.isEmpty() && !beans.isSingleton(name)) {
                throw new IllegalStateException("The bean " + name
                        + " has methods with @TokenEventListener and must be a singleton, because it receives events of"
                        + " no request");
            }
            methods.forEach((method, listener) -> handlers.add(handler(beans.getBean(name), method, listener)));
        }
        return handlers;
    }

    private static FeedHandler handler(Object bean, Method method, TokenEventListener listener) {
        Class<?>[] parameters = method.getParameterTypes();
        if (parameters.length != 2 || parameters[0] != Holder.class || parameters[1] != TokenEvent.class) {
            throw new IllegalStateException("The method " + method
                    + " must have the parameters Holder and TokenEvent, as @TokenEventListener says");
        }
        Method invocable = AopUtils.selectInvocableMethod(method, bean.getClass());
        ReflectionUtils.makeAccessible(invocable);
        Set<EventType> types = listener.types().length == 0
                ? EnumSet.allOf(EventType.class)
                : EnumSet.copyOf(List.of(listener.types()));
        return new FeedHandler() {
            @Override
            public String consumer() {
                return listener.consumer();
            }

            @Override
            public FeedStart start() {
                return listener.start();
            }

            @Override
            public boolean handles(TokenEvent event) {
                return types.contains(event.type());
            }

            @Override
            public void handle(Holder holder, TokenEvent event) {
                invoke(invocable, bean, holder, event);
            }
        };
    }

    private static void invoke(Method method, Object bean, Holder holder, TokenEvent event) {
        try {
            method.invoke(bean, holder, event);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new UndeclaredThrowableException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("The method " + method + " must be accessible", e);
        }
    }
}
