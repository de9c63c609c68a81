/**
 * Jobs and tools for operators: stock, lists, the event feed, histories, migration, re-encryption and the helpdesk. An
 * application obtains each from its institution and does not implement the interfaces.
 */
@CheckReturnValue
package dev.watchword.otp.lifecycle.operations;

import dev.watchword.otp.lifecycle.model.CheckReturnValue;
