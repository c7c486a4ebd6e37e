using Roundtable.Application.Transfer;

namespace Roundtable.Api.Transfer;

/// <summary>Reads the logins of a CSV cell: <c>provider:subject</c>, separated by <c>;</c>.</summary>
internal static class ImportLogins
{
    public static IReadOnlyList<TransferredLogin> Of(string cell) =>
        [.. cell.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Login)];

    // A provider's name has no colon; without one, the row is refused.
    private static TransferredLogin Login(string text) =>
        text.Split(':', 2) is [var provider, var subject] ? new TransferredLogin(provider, subject) : new TransferredLogin(text, "");
}
