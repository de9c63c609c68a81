package dev.watchword.otp.app;

/** The result of opening a sealed request: a request that the holder can answer, or the reason for the refusal. */
public sealed interface OpenedRequest permits ReceivedRequest, RequestRefusal {}
