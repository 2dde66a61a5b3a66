using Portcullis.Core.Decisions;

namespace Portcullis.Core;

/// <summary>Reasons of the gate itself, when no single guard speaks.</summary>
public static class GateReasons
{
    public static readonly Reason GuardFault = new(
        "gate/guard-fault",
        503,
        "The request could not be checked.",
        "A guard failed on this exchange; the log names it. `onFailure: open` on the operation lets such exchanges pass."
    );

    public static readonly Reason JournalFailure = new(
        "gate/journal",
        503,
        "The request could not be recorded.",
        "The journal could not be written (disk full, I/O error). Free space; `onJournalFailure: open` lets exchanges pass unrecorded."
    );

    public static readonly Reason Overload = new(
        "gate/overload",
        503,
        "The service is busy.",
        "The memory for held bodies (`hold.total`) is in use. Raise it, or lower `hold.perBody`."
    );

    public static readonly Reason Busy = new(
        "gate/busy",
        503,
        "The service is busy.",
        "More exchanges are in flight than `hold.exchanges` allows. Raise it, add a gateway, or look for an upstream that has become slow."
    );

    public static readonly Reason Timeout = new(
        "gate/timeout",
        504,
        "The answer took too long.",
        "The answer's body was not complete within `hold.timeout`."
    );

    public static readonly Reason RequestTimeout = new(
        "gate/request-timeout",
        408,
        "The request took too long.",
        "The request's body must be read on this operation and was not complete within `hold.timeout`."
    );

    public static readonly Reason MalformedBody = new(
        "gate/malformed-body",
        400,
        "The request body is not well-formed.",
        "The body must be read on this operation and ended early, came too slowly, or broke its chunked framing."
    );

    public static readonly Reason BodyTooLarge = new(
        "gate/body-too-large",
        413,
        "The request body is too large.",
        "The body must be read on this operation and is longer than `hold.perBody`."
    );
}
