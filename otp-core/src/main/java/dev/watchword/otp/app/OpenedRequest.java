package dev.watchword.otp.app;

/** The result of opening a sealed request: a request that the holder can answer, or the reason why there is none. */
public sealed interface OpenedRequest permits ReceivedRequest, RequestRefusal {}
