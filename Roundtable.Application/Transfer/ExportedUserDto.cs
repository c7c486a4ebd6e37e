using System.Diagnostics.CodeAnalysis;
using Roundtable.Application.Users;

namespace Roundtable.Application.Transfer;

/// <summary>A user in an export.</summary>
public sealed record ExportedUserDto : UserDto
{
    [SetsRequiredMembers]
    public ExportedUserDto(UserDto user, IReadOnlyList<TransferredLogin> logins)
        : base(user) => Logins = logins;

    /// <summary>The connected external logins.</summary>
    public IReadOnlyList<TransferredLogin> Logins { get; }
}

/// <summary>An external login in an import or export.</summary>
/// <param name="Provider">The provider's name in the settings.</param>
/// <param name="Subject">The provider's id of the user.</param>
public sealed record TransferredLogin(string Provider, string Subject)
{
    /// <summary>Reads the form of a CSV cell; without a colon, the subject is empty.</summary>
    public static TransferredLogin Parse(string text) =>
        text.Split(':', 2) is [var provider, var subject]
            ? new TransferredLogin(
                provider,
                subject.Replace("%3B", ";", StringComparison.Ordinal).Replace("%25", "%", StringComparison.Ordinal)
            )
            : new TransferredLogin(text, "");

    /// <summary>The form in a CSV cell, whose items a semicolon separates.</summary>
    public override string ToString() =>
        $"{Provider}:{Subject.Replace("%", "%25", StringComparison.Ordinal).Replace(";", "%3B", StringComparison.Ordinal)}";
}
