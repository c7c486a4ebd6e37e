using Microsoft.Extensions.Logging;

namespace Roundtable.Infrastructure.Outbox;

internal static partial class OutboxLog
{
    private const string Type = "system";
    private const string Work = "WorkOutbox";

    /// <param name="error">Null if the reason suffices: an unavailable database needs no stack trace every two seconds.</param>
    public static void LoopFailed(this ILogger logger, Exception? error, string reason) =>
        LoopFailed(logger, error, Type, Work, "retrying", ErrorText.Clean(reason));

    public static void ReleaseFailed(this ILogger logger, Exception error) => ReleaseFailed(logger, error, Type, Work, "unreleased");

    [LoggerMessage(3006, LogLevel.Error, "{logType} {operationName} {outcome}: the outbox could not be read or written. {reason}")]
    private static partial void LoopFailed(
        ILogger logger,
        Exception? error,
        string logType,
        string operationName,
        string outcome,
        string reason
    );

    [LoggerMessage(3007, LogLevel.Warning, "{logType} {operationName} {outcome}: leases could not be released; they will expire")]
    private static partial void ReleaseFailed(ILogger logger, Exception error, string logType, string operationName, string outcome);
}
