namespace Roundtable.Domain.Users;

/// <summary>Users' information about themselves.</summary>
public sealed class UserProfile
{
    public const int BioMaxLength = 1000;
    public const int LocaleMaxLength = 35;
    public const int TimeZoneMaxLength = 64;
    public const int ExtraMaxLength = 32_000;

    internal UserProfile(string userId) => UserId = userId;

    private UserProfile() { }

    public string UserId { get; private set; } = null!;

    public string? Bio { get; private set; }

    /// <summary>A BCP 47 language tag, such as <c>de-AT</c>.</summary>
    public string? Locale { get; private set; }

    /// <summary>An IANA time zone, such as <c>Europe/Vienna</c>.</summary>
    public string? TimeZone { get; private set; }

    /// <summary>
    /// The values of profile fields that an installation adds: a JSON object by field name; null if no field has a value.
    /// </summary>
    public string? Extra { get; private set; }

    internal void Change(string? bio, string? locale, string? timeZone) => (Bio, Locale, TimeZone) = (bio, locale, timeZone);

    internal void ChangeExtra(string? extra)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(extra?.Length ?? 0, ExtraMaxLength);
        Extra = extra;
    }
}
