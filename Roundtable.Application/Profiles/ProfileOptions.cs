using System.Diagnostics.CodeAnalysis;

namespace Roundtable.Application.Profiles;

/// <summary>What profiles of this installation hold besides what all have.</summary>
public sealed class ProfileOptions
{
    public const string SectionName = "Profile";

    /// <summary>The extra fields, by name. Default: none.</summary>
    public IDictionary<string, ProfileFieldOptions> Fields { get; init; } =
        new Dictionary<string, ProfileFieldOptions>(StringComparer.Ordinal);
}

/// <summary>
/// An extra field. There is no "required": accounts come to be by a link, an import or an admin, where nobody fills in a form.
/// </summary>
public sealed class ProfileFieldOptions
{
    /// <summary>
    /// What it holds: <c>String</c>, <c>Number</c>, <c>Boolean</c>, <c>Date</c> or <c>Choice</c>. Default: <c>String</c>.
    /// </summary>
    public ProfileFieldType Type { get; set; } = ProfileFieldType.String;

    /// <summary>Texts: how many characters at the most, 1–1000. Default: 100.</summary>
    public int? MaxLength { get; set; }

    /// <summary>Texts: a regular expression that the whole of it has to match. Default: none.</summary>
    public string? Pattern { get; set; }

    /// <summary>Numbers: the least. Default: none.</summary>
    public decimal? Min { get; set; }

    /// <summary>Numbers: the most. Default: none.</summary>
    public decimal? Max { get; set; }

    /// <summary>Choices: what can be chosen, in the order to show it. Default: none; one at least is needed there.</summary>
    public IList<string> Choices { get; init; } = [];

    /// <summary>Who may change it: <c>User</c> (admins too) or <c>Admin</c>. Default: <c>User</c>.</summary>
    public ProfileFieldWriter WritableBy { get; set; } = ProfileFieldWriter.User;

    /// <summary>
    /// Who sees it: <c>Self</c> (the user, and who may read users) or <c>Public</c> (anybody signed in). Default: <c>Self</c>.
    /// </summary>
    public ProfileFieldViewer VisibleTo { get; set; } = ProfileFieldViewer.Self;

    /// <summary>What people read beside it. Default: its name.</summary>
    public string? Label { get; set; }

    /// <summary>The same in other languages, by BCP 47 tag. Default: none.</summary>
    public IDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Where it stands among the others, the least first, then by name. Default: 0.</summary>
    public int Order { get; set; }
}

/// <summary>What a field holds.</summary>
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

/// <summary>Who sees a field.</summary>
public enum ProfileFieldViewer
{
    Self,
    Public,
}
