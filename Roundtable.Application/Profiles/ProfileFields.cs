using Microsoft.Extensions.Options;
using Roundtable.Application.Common;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Profiles;

/// <summary>The extra fields of this installation: which ones a profile shows, and how they may be changed.</summary>
public sealed class ProfileFields(IOptions<ProfileOptions> options)
{
    /// <summary>The maximum number of fields.</summary>
    public const int MaxCount = 32;

    private const int ShownName = 40;

    /// <summary>All fields, in display order.</summary>
    public IReadOnlyList<ProfileField> All { get; } =
    [
        .. options
            .Value.Fields.OrderBy(f => f.Value.Order)
            .ThenBy(f => f.Key, StringComparer.Ordinal)
            .Select(f => new ProfileField(f.Key, f.Value)),
    ];

    public bool IsEmpty => All.Count == 0;

    /// <summary>Lists the fields for API clients.</summary>
    public Result<IReadOnlyList<ProfileFieldDto>> List() => Result<IReadOnlyList<ProfileFieldDto>>.Of([.. All.Select(f => f.ToDto())]);

    public ProfileField? Find(string name) => All.FirstOrDefault(f => f.Name == name);

    /// <summary>Returns every field with its value or null; null if no field is configured.</summary>
    public IReadOnlyDictionary<string, ProfileValue>? Show(string? stored)
    {
        if (IsEmpty)
        {
            return null;
        }

        var values = StoredExtra.Read(stored);
        return All.ToDictionary(f => f.Name, f => values.TryGetValue(f.Name, out var value) && f.IsOfKind(value) ? value : default);
    }

    /// <summary>Returns the public fields of the shown values; null if no field is public.</summary>
    public IReadOnlyDictionary<string, ProfileValue>? PublicOf(IReadOnlyDictionary<string, ProfileValue>? shown)
    {
        var names = All.Where(f => f.IsPublic).Select(f => f.Name).ToList();
        return shown is null || names.Count == 0 ? null : names.ToDictionary(n => n, n => shown[n]);
    }

    /// <summary>Returns the validation errors of the changes, by path.</summary>
    public IEnumerable<(string Field, FieldError Error)> Problems(IReadOnlyDictionary<string, ProfileValue> changes, ProfileFieldWriter by)
    {
        if (changes.Count > MaxCount)
        {
            return [("extra", new FieldError("too_many", "Too many fields.", Max: MaxCount))];
        }

        return changes
            .Select(c =>
                (Field: ProfileField.PathOf(c.Key.Length > ShownName ? c.Key[..ShownName] : c.Key), Error: Problem(c.Key, c.Value, by))
            )
            .Where(p => p.Error is not null)
            .Select(p => (p.Field, p.Error!));
    }

    /// <summary>Returns the JSON to store. Values of fields that are no longer configured are kept as long as all values fit.</summary>
    public string? Merge(string? stored, IReadOnlyDictionary<string, ProfileValue> changes)
    {
        var values = new Dictionary<string, ProfileValue>(StoredExtra.Read(stored));
        foreach (var (name, value) in changes)
        {
            if (value.Content is null)
            {
                values.Remove(name);
            }
            else
            {
                values[name] = value;
            }
        }

        return StoredExtra.Write(values) is { Length: > UserProfile.ExtraMaxLength }
            ? StoredExtra.Write(values.Where(v => Find(v.Key) is not null).ToDictionary())
            : StoredExtra.Write(values);
    }

    private FieldError? Problem(string name, ProfileValue value, ProfileFieldWriter by) =>
        Find(name) switch
        {
            null => FieldErrors.NoSuchMember,
            var field when !field.IsWritableBy(by) => new FieldError("admins_only", "Only an admin may change this."),
            var field => field.Problem(value),
        };
}
