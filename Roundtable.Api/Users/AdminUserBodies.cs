using System.ComponentModel.DataAnnotations;
using Roundtable.Api.Common;
using Roundtable.Application.Common;
using Roundtable.Application.Profiles;
using Roundtable.Application.Users;
using Roundtable.Domain.Users;

namespace Roundtable.Api.Users;

/// <summary>An account to make.</summary>
public sealed record CreateUserRequest
{
    /// <summary>The account's address.</summary>
    /// <example>grace@example.com</example>
    [Mailbox]
    public required string Email { get; init; }

    /// <summary>The name. Default: the part of the address before the @.</summary>
    /// <example>Grace Hopper</example>
    [PersonName]
    public string? Name { get; init; }

    /// <summary>A password; absent for none, the user signs in by link.</summary>
    /// <example>correct horse battery</example>
    [NewPassword]
    [AsTyped]
    public string? Password { get; init; }

    /// <summary>Roles besides <c>user</c>.</summary>
    /// <example>[]</example>
    [MaxLength(50, ErrorMessage = "Too many roles.")]
    public IReadOnlyList<string>? Roles { get; init; }

    /// <summary>Whether to mail a link that works for a week. Default: false.</summary>
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
    /// <summary>A new address; ends pending links.</summary>
    /// <example>grace.hopper@example.com</example>
    [Mailbox]
    public Optional<string?> Email { get; init; }

    /// <summary>Whether the address counts as verified.</summary>
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

    /// <summary>Fields that this installation adds (<c>GET /profile-fields</c>), by name; absent ones stay, null clears one.</summary>
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

/// <summary>A password for somebody.</summary>
public sealed record SetPasswordRequest
{
    /// <summary>10–128 characters; not a common one, not the user's name or address.</summary>
    /// <example>correct horse battery</example>
    [NewPassword]
    [AsTyped]
    public required string Password { get; init; }
}

/// <summary>What to do to many users.</summary>
public sealed record BulkRequest : IValidatableObject
{
    private const int MaxIds = 500;

    /// <summary>What to do.</summary>
    public required BulkAction Action { get; init; }

    /// <summary>To whom: 1–500 users.</summary>
    /// <example>["019ab2c4d5e67f8091a2b3c4d5e6f708"]</example>
    public required IReadOnlyList<string> Ids { get; init; }

    /// <summary>For bans: what the users are told.</summary>
    /// <example>Spam</example>
    [PlainText(User.BanReasonMaxLength)]
    public string? Reason { get; init; }

    /// <summary>For bans: when they lift by themselves; absent or null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>For setting roles: all the roles that the users are to have.</summary>
    [MaxLength(50, ErrorMessage = "Too many roles.")]
    public IReadOnlyList<string>? Roles { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Ids.Count is 0 or > MaxIds)
        {
            yield return new ValidationResult($"Name 1 to {MaxIds} users.", ["ids"]);
        }

        if (Action == BulkAction.Ban && Reason is null)
        {
            yield return new ValidationResult("A ban needs a reason.", ["reason"]);
        }

        if (Action == BulkAction.SetRoles && Roles is null)
        {
            yield return new ValidationResult("Name the roles.", ["roles"]);
        }
    }

    internal BulkOrder ToOrder() => new(Action, Ids, Reason, ExpiresAt?.UtcDateTime, Roles);
}
