using System.Text.Json;
using Roundtable.Api.Profiles;
using Roundtable.Domain.Users;

namespace Roundtable.Api.Passkeys;

/// <summary>The browser's response to the sign-in options.</summary>
public sealed record PasskeySignInRequest
{
    /// <summary>The result of <c>credential.toJSON()</c>.</summary>
    public required JsonElement Credential { get; init; }
}

/// <summary>The browser's response to the registration options.</summary>
public sealed record PasskeyRegistrationRequest
{
    /// <summary>The result of <c>credential.toJSON()</c>.</summary>
    public required JsonElement Credential { get; init; }

    /// <summary>The passkey's display name. Default: Passkey.</summary>
    /// <example>Laptop</example>
    [PlainText(Passkey.NameMaxLength)]
    public string? Name { get; init; }
}

/// <summary>A new name for a passkey.</summary>
public sealed record RenamePasskeyRequest
{
    /// <summary>The name.</summary>
    /// <example>Laptop</example>
    [PlainText(Passkey.NameMaxLength)]
    public required string Name { get; init; }
}
