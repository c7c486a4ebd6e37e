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
    /// <summary>The form in a CSV cell.</summary>
    public override string ToString() => $"{Provider}:{Subject}";
}
