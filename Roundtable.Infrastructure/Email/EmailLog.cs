using Microsoft.Extensions.Logging;

namespace Roundtable.Infrastructure.Email;

/// <summary>
/// Log messages about mail. Recipients are masked and reasons sanitised by <see cref="Outbox.ErrorText.Clean"/>; a transport's exception
/// itself is never logged, since it can quote both.
/// </summary>
internal static partial class EmailLog
{
    private const string Type = "email";
    private const string Send = "SendMail";

    public static void Sent(this ILogger logger, string outboxId, string template, string to, int attempt) =>
        Sent(logger, Type, Send, "sent", outboxId, template, to, attempt);

    public static void Retrying(
        this ILogger logger,
        string outboxId,
        string template,
        string to,
        int attempt,
        string reason,
        DateTime nextAttemptAtUtc
    ) => Retrying(logger, Type, Send, "retrying", outboxId, template, to, attempt, reason, nextAttemptAtUtc);

    public static void GaveUp(this ILogger logger, string outboxId, string template, string to, int attempt, string reason) =>
        GaveUp(logger, Type, Send, "failed", outboxId, template, to, attempt, reason);

    public static void LeaseLost(this ILogger logger, string outboxId, string template) =>
        LeaseLost(logger, Type, Send, "leaseLost", outboxId, template);

    public static void Unrecorded(this ILogger logger, Exception error, string outboxId, string template) =>
        Unrecorded(logger, error, Type, Send, "unrecorded", outboxId, template);

    [LoggerMessage(3001, LogLevel.Information, "{logType} {operationName} {outcome}: {template} {targetId} to {to}, attempt {attempt}")]
    private static partial void Sent(
        ILogger logger,
        string logType,
        string operationName,
        string outcome,
        string targetId,
        string template,
        string to,
        int attempt
    );

    [LoggerMessage(
        3002,
        LogLevel.Warning,
        "{logType} {operationName} {outcome}: {template} {targetId} to {to}, attempt {attempt}; again at {nextAttemptAtUtc:O}. {reason}"
    )]
    private static partial void Retrying(
        ILogger logger,
        string logType,
        string operationName,
        string outcome,
        string targetId,
        string template,
        string to,
        int attempt,
        string reason,
        DateTime nextAttemptAtUtc
    );

    [LoggerMessage(
        3003,
        LogLevel.Error,
        "{logType} {operationName} {outcome}: {template} {targetId} to {to}, attempt {attempt} was the last one. {reason}"
    )]
    private static partial void GaveUp(
        ILogger logger,
        string logType,
        string operationName,
        string outcome,
        string targetId,
        string template,
        string to,
        int attempt,
        string reason
    );

    [LoggerMessage(
        3004,
        LogLevel.Warning,
        "{logType} {operationName} {outcome}: {template} {targetId} was claimed by another worker or deleted"
    )]
    private static partial void LeaseLost(
        ILogger logger,
        string logType,
        string operationName,
        string outcome,
        string targetId,
        string template
    );

    [LoggerMessage(
        3005,
        LogLevel.Error,
        "{logType} {operationName} {outcome}: the outcome of {template} {targetId} could not be stored; it may be sent again"
    )]
    private static partial void Unrecorded(
        ILogger logger,
        Exception error,
        string logType,
        string operationName,
        string outcome,
        string targetId,
        string template
    );
}
