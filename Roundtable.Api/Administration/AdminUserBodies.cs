using System.ComponentModel.DataAnnotations;
using Roundtable.Api.Common;
using Roundtable.Api.Profiles;
using Roundtable.Application.Administration;
using Roundtable.Application.Common;
using Roundtable.Application.Passwords;
using Roundtable.Application.Profiles;
using Roundtable.Domain.Users;

namespace Roundtable.Api.Administration;

/// <summary>The account to create.</summary>
public sealed record CreateUserRequest
{
    /// <summary>The e-mail address.</summary>
    /// <example>grace@example.com</example>
    [Mailbox]
    public required string Email { get; init; }

    /// <summary>The name. Default: the part of the e-mail address before the @.</summary>
    /// <example>Grace Hopper</example>
    [PersonName]
    public string? Name { get; init; }

    /// <summary>A password. Omit it to create an account that signs in by link.</summary>
    /// <example>correct horse battery</example>
    [NewPassword]
    [AsTyped]
    public string? Password { get; init; }

    /// <summary>Roles in addition to <c>user</c>.</summary>
    /// <example>[]</example>
    [MaxLength(50, ErrorMessage = "Too many roles.")]
    public IReadOnlyList<string>? Roles { get; init; }

    /// <summary>Whether to mail an invitation link, valid for a week. Default: false.</summary>
    public bool SendInvitation { get; init; }

    internal NewUser ToNewUser()
    {
        _ = EmailAddress.TryParse(Email, out var email);
        return new NewUser(email, Name, Password, Roles ?? [], SendInvitation);
    }
}

/// <summary>Changes to an account.</summary>
public sealed record UpdateUserRequest : IProfileBody
{
    /// <summary>A new e-mail address. Invalidates pending links.</summary>
    /// <example>grace.hopper@example.com</example>
    [Mailbox]
    public Optional<string?> Email { get; init; }

    /// <summary>Whether the e-mail address is verified.</summary>
    public Optional<bool> EmailVerified { get; init; }

    /// <summary>1–100 characters, not blank.</summary>
    /// <example>Grace Hopper</example>
    public Optional<string?> Name { get; init; }

    /// <summary>An http or https address; null removes it.</summary>
    /// <example>https://example.com/grace.png</example>
    public Optional<string?> Image { get; init; }

    /// <summary>At most 1,000 characters, line breaks allowed; null removes it.</summary>
    /// <example>Rear admiral</example>
    public Optional<string?> Bio { get; init; }

    /// <summary>A BCP 47 language tag; null removes it.</summary>
    /// <example>en-US</example>
    public Optional<string?> Locale { get; init; }

    /// <summary>An IANA time zone; null removes it.</summary>
    /// <example>America/New_York</example>
    public Optional<string?> TimeZone { get; init; }

    /// <summary>Custom profile fields (<c>GET /profile-fields</c>) by name. Omitted fields keep their value; null clears a field.</summary>
    /// <example>{"company":"Analytical Engines Ltd","birthday":null}</example>
    public Optional<IReadOnlyDictionary<string, ProfileValue>?> Extra { get; init; }

    public Error? Check(ProfileFields fields) => ToProfile().Check(fields, ProfileFieldWriter.Admin);

    internal AdminUserChanges ToChanges()
    {
        _ = EmailAddress.TryParse(Email.Value, out var email);
        return new AdminUserChanges(ToProfile(), email, EmailVerified.IsPresent ? EmailVerified.Value : null);
    }

    private UserChanges ToProfile() =>
        new()
        {
            Name = Name,
            Image = Image,
            Bio = Bio,
            Locale = Locale,
            TimeZone = TimeZone,
            Extra = Extra,
        };
}

/// <summary>The new password of a user.</summary>
public sealed record SetPasswordRequest
{
    /// <summary>10–128 characters. Must not be a common password or the user's name or address.</summary>
    /// <example>correct horse battery</example>
    [NewPassword]
    [AsTyped]
    public required string Password { get; init; }
}
