package dev.sluice.events;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * May be absent: {@code null} in Java, left out in JSON. Every other component is required, on
 * writing and on reading. A component that is added later carries this mark, so that older messages
 * stay readable.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Nullable {}
