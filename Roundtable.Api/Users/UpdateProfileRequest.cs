using Roundtable.Api.Common;
using Roundtable.Application.Common;
using Roundtable.Application.Profiles;

namespace Roundtable.Api.Users;

/// <summary>Changes to a profile.</summary>
public sealed record UpdateProfileRequest : IProfileBody
{
    /// <summary>1–100 characters, not blank.</summary>
    /// <example>Ada King</example>
    public Optional<string?> Name { get; init; }

    /// <summary>An http or https address; null removes it.</summary>
    /// <example>https://example.com/ada.png</example>
    public Optional<string?> Image { get; init; }

    /// <summary>At most 1,000 characters, line breaks allowed; null removes it.</summary>
    /// <example>Notes on the Analytical Engine</example>
    public Optional<string?> Bio { get; init; }

    /// <summary>A BCP 47 language tag; null removes it.</summary>
    /// <example>en-GB</example>
    public Optional<string?> Locale { get; init; }

    /// <summary>An IANA time zone; null removes it.</summary>
    /// <example>Europe/London</example>
    public Optional<string?> TimeZone { get; init; }

    /// <summary>
    /// Custom profile fields (<c>GET /profile-fields</c>) by name. Omitted fields keep their value; null clears a field. Some can
    /// only be written by admins.
    /// </summary>
    /// <example>{"company":"Analytical Engines Ltd","birthday":null}</example>
    public Optional<IReadOnlyDictionary<string, ProfileValue>?> Extra { get; init; }

    public Error? Check(ProfileFields fields) => ToChanges().Check(fields, ProfileFieldWriter.User);

    internal UserChanges ToChanges() =>
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
