package dev.sluice.devkit.kubernetes.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What a write led to.
 *
 * @param object as it is stored now
 * @param warnings for the client, one each line
 */
public record Written(ObjectNode object, boolean created, List<String> warnings) {}
