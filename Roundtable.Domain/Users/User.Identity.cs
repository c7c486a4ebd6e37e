using System.Globalization;

namespace Roundtable.Domain.Users;

/// <content>
/// Members that Identity names differently or stores in the user's table. None has a column of its own: the user name is the address,
/// and credentials are in <see cref="Credentials"/>, which per-request reads do not load.
/// </content>
public sealed partial class User
{
    /// <summary>The address.</summary>
    public override string? UserName
    {
        get => Email;
        set => Email = value;
    }

    public override string? NormalizedUserName
    {
        get => NormalizedEmail;
        set
        {
            // Derived from the address.
        }
    }

    public override bool EmailConfirmed
    {
        get => EmailVerified;
        set => EmailVerified = value;
    }

    public override string? PasswordHash
    {
        get => Credentials?.PasswordHash;
        set => Credentials.SetPassword(value);
    }

    public override string? SecurityStamp
    {
        get => Credentials?.SecurityStamp;
        set => Credentials?.ChangeSecurityStamp(value);
    }

    /// <summary><see cref="Version"/> as text.</summary>
    public override string? ConcurrencyStamp
    {
        get => Version.ToString(CultureInfo.InvariantCulture);
        set
        {
            // Every change increments the version.
        }
    }

    public override bool TwoFactorEnabled
    {
        get => Credentials?.TwoFactorEnabled ?? false;
        set => Credentials.SwitchTwoFactor(value);
    }

    /// <summary>The end of the lockout after too many failed passwords, or of the ban, whichever is later.</summary>
    public override DateTimeOffset? LockoutEnd
    {
        get => Credentials?.LockedUntilUtc > BannedUntilUtc || BannedUntilUtc is null ? Credentials?.LockedUntilUtc : BannedUntilUtc;
        set => Credentials.LockUntil(value?.UtcDateTime);
    }

    /// <summary>Always true.</summary>
    public override bool LockoutEnabled
    {
        get => true;
        set
        {
            // No user is exempt.
        }
    }

    public override int AccessFailedCount
    {
        get => Credentials?.FailedAttempts ?? 0;
        set => Credentials.CountFailures(value);
    }

    /// <summary>Not stored.</summary>
    public override string? PhoneNumber
    {
        get => null;
        set => Refuse(value is not null);
    }

    /// <inheritdoc cref="PhoneNumber"/>
    public override bool PhoneNumberConfirmed
    {
        get => false;
        set => Refuse(value);
    }

    private static void Refuse(bool telephone)
    {
        if (telephone)
        {
            throw new NotSupportedException("Roundtable does not store phone numbers.");
        }
    }
}
