namespace Roundtable.Api.Logging;

/// <summary>Log messages of the HTTP layer.</summary>
internal static partial class ApiLog
{
    [LoggerMessage(
        1,
        LogLevel.Information,
        "{method} {route} answered {status} in {durationMs:0.0} ms [{logType}] user {userId} request {requestId}"
    )]
    public static partial void Request(
        ILogger logger,
        string logType,
        string method,
        string route,
        int status,
        double durationMs,
        string requestId,
        string? userId
    );

    [LoggerMessage(2, LogLevel.Information, "{operationName}: {outcome} [{logType}] user {userId} target {targetId} request {requestId}")]
    public static partial void Operation(
        ILogger logger,
        string logType,
        string operationName,
        string outcome,
        string? userId,
        string? targetId,
        string requestId
    );

    [LoggerMessage(3, LogLevel.Error, "The request failed on an unexpected error")]
    public static partial void Unhandled(ILogger logger, Exception exception);

    [LoggerMessage(4, LogLevel.Error, "The request cannot be answered now: {problem}")]
    public static partial void Unavailable(ILogger logger, string problem);

    [LoggerMessage(5, LogLevel.Warning, "Session {sessionId} could not be marked as seen: {problem}")]
    public static partial void SessionNotTouched(ILogger logger, string sessionId, string problem);

    [LoggerMessage(6, LogLevel.Information, "Roundtable listens at {publicUrl}; API page at {publicUrl}/docs; database: {database}")]
    public static partial void Started(ILogger logger, string publicUrl, string database);

    [LoggerMessage(7, LogLevel.Warning, "{warning}")]
    public static partial void StartupWarning(ILogger logger, string warning);

    [LoggerMessage(8, LogLevel.Warning, "The sign-in with {provider} failed: {problem}")]
    public static partial void ExternalSignInFailed(ILogger logger, string provider, string problem);
}
