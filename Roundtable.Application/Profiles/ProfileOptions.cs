using System.Diagnostics.CodeAnalysis;

namespace Roundtable.Application.Profiles;

/// <summary>The extra profile fields of this installation.</summary>
public sealed class ProfileOptions
{
    public const string SectionName = "Profile";

    /// <summary>The extra fields, by name. Default: none.</summary>
    public IDictionary<string, ProfileFieldOptions> Fields { get; init; } =
        new Dictionary<string, ProfileFieldOptions>(StringComparer.Ordinal);
}

/// <summary>
/// An extra field. Fields cannot be required: accounts are also created by a link, an import or an admin, without a form.
/// </summary>
public sealed class ProfileFieldOptions
{
    /// <summary>The type: <c>String</c>, <c>Number</c>, <c>Boolean</c>, <c>Date</c> or <c>Choice</c>. Default: <c>String</c>.</summary>
    public ProfileFieldType Type { get; set; } = ProfileFieldType.String;

    /// <summary>Strings: the maximum length in characters, 1–1000. Default: 100.</summary>
    public int? MaxLength { get; set; }

    /// <summary>Strings: a regular expression that must match the whole text. Default: none.</summary>
    public string? Pattern { get; set; }

    /// <summary>Numbers: the minimum. Default: none.</summary>
    public decimal? Min { get; set; }

    /// <summary>Numbers: the maximum. Default: none.</summary>
    public decimal? Max { get; set; }

    /// <summary>Choices: the options, in display order. Default: none; one at least is needed there.</summary>
    public IList<string> Choices { get; init; } = [];

    /// <summary>Who may change it: <c>User</c> (admins too) or <c>Admin</c>. Default: <c>User</c>.</summary>
    public ProfileFieldWriter WritableBy { get; set; } = ProfileFieldWriter.User;

    /// <summary>
    /// Who can see it: <c>Self</c> (the user, and callers who may read users) or <c>Public</c> (every signed-in user). Default:
    /// <c>Self</c>.
    /// </summary>
    public ProfileFieldViewer VisibleTo { get; set; } = ProfileFieldViewer.Self;

    /// <summary>The label that users see. Default: its name.</summary>
    public string? Label { get; set; }

    /// <summary>The label in other languages, by BCP 47 tag. Default: none.</summary>
    public IDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The sort order, lowest first, then by name. Default: 0.</summary>
    public int Order { get; set; }
}

/// <summary>The type of a field.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "The words of configuration files and of JSON.")]
public enum ProfileFieldType
{
    String,
    Number,
    Boolean,
    Date,
    Choice,
}

/// <summary>Who may change a field.</summary>
public enum ProfileFieldWriter
{
    User,
    Admin,
}

/// <summary>Who can see a field.</summary>
public enum ProfileFieldViewer
{
    Self,
    Public,
}
