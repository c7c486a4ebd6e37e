using System.Globalization;

namespace Roundtable.Domain.Users;

/// <content>
/// What Identity calls by other names, or keeps in one table with the user. None of it is a column of its own: people are known by their
/// address, and what proves them stands in <see cref="Credentials"/>, which the reads of every request leave alone.
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
            // It follows the address.
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
            // The version counts by itself.
        }
    }

    public override bool TwoFactorEnabled
    {
        get => Credentials?.TwoFactorEnabled ?? false;
        set => Credentials.SwitchTwoFactor(value);
    }

    /// <summary>
    /// Until when passwords are not taken after too many failures, or nothing is, as the account is banned: whichever ends later.
    /// </summary>
    public override DateTimeOffset? LockoutEnd
    {
        get => Credentials?.LockedUntilUtc > BannedUntilUtc || BannedUntilUtc is null ? Credentials?.LockedUntilUtc : BannedUntilUtc;
        set => Credentials.LockUntil(value?.UtcDateTime);
    }

    /// <summary>Always.</summary>
    public override bool LockoutEnabled
    {
        get => true;
        set
        {
            // Nobody is exempt.
        }
    }

    public override int AccessFailedCount
    {
        get => Credentials?.FailedAttempts ?? 0;
        set => Credentials.CountFailures(value);
    }

    /// <summary>Not kept.</summary>
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
            throw new NotSupportedException("Roundtable keeps no telephone numbers.");
        }
    }
}
