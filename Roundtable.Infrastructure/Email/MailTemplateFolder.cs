using System.Globalization;
using System.Text;
using Microsoft.Extensions.Hosting;
using Roundtable.Application.Profiles;

namespace Roundtable.Infrastructure.Email;

/// <summary>The templates in <c>Email:Templates:Directory</c>, read at startup: a change requires a restart.</summary>
internal sealed class MailTemplateFolder
{
    public static readonly MailTemplateFolder None = new([], []);

    private const string Extension = "hbs";

    // As most editors write it; umlauts in another encoding would appear as question marks.
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private MailTemplateFolder(IReadOnlyList<MailTemplateFile> files, IReadOnlyList<(string File, string Problem)> problems) =>
        (Files, Problems) = (files, problems);

    /// <summary>The valid templates.</summary>
    public IReadOnlyList<MailTemplateFile> Files { get; }

    /// <summary>The problems by file name; the name is empty for the folder itself.</summary>
    public IReadOnlyList<(string File, string Problem)> Problems { get; }

    public static MailTemplateFolder Read(IHostEnvironment environment, MailTemplateOptions options) =>
        string.IsNullOrWhiteSpace(options.Directory) ? None : Read(Path.GetFullPath(options.Directory, environment.ContentRootPath));

    public static MailTemplateFolder Read(string folder)
    {
        var files = new List<MailTemplateFile>();
        var problems = new List<(string, string)>();
        try
        {
            foreach (var path in Directory.GetFiles(folder, $"*.{Extension}").Order(StringComparer.Ordinal))
            {
                var (file, problem) = ReadFile(path);
                problem ??= files.Exists(f => IsSame(f, file!))
                    ? "is a duplicate: the names differ in case only"
                    : MailTemplateRules.Problem(file!);
                if (problem is null)
                {
                    files.Add(file!);
                }
                else
                {
                    problems.Add((Path.GetFileName(path), problem));
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(("", $"is a folder that cannot be read ({e.GetType().Name})"));
        }

        return new MailTemplateFolder(files, problems);
    }

    private static (MailTemplateFile? File, string? Problem) ReadFile(string path)
    {
        if (
            Path.GetFileName(path).Split('.')
            is not (
                [_, MailForms.Html or MailForms.Text or MailForms.Subject, _]
                or [_, _, MailForms.Html or MailForms.Text or MailForms.Subject, _]
            )
        )
        {
            return (
                null,
                "is not named as a template is: NAME.html.hbs, NAME.text.hbs or NAME.subject.hbs, or "
                    + "with a language, such as NAME.de.html.hbs"
            );
        }

        var parts = Path.GetFileName(path).Split('.');
        var (name, locale, form) = (parts[0], parts.Length == 4 ? parts[1] : "", parts[^2]);
        if (parts.Length == 4 && !IsLanguage(locale))
        {
            return (null, "has an invalid language tag: use a tag such as de or de-AT");
        }

        try
        {
            return (new MailTemplateFile(name, locale, form, File.ReadAllText(path, Strict)), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            return (null, e is DecoderFallbackException ? "is not UTF-8" : $"cannot be read ({e.GetType().Name})");
        }
    }

    private static bool IsSame(MailTemplateFile one, MailTemplateFile other) =>
        one.Name == other.Name && one.Form == other.Form && one.Locale.Equals(other.Locale, StringComparison.OrdinalIgnoreCase);

    private static bool IsLanguage(string locale)
    {
        try
        {
            return ProfileRules.Locale(locale) is null && CultureInfo.GetCultureInfo(locale) is not null;
        }
        catch (CultureNotFoundException)
        {
            return false;
        }
    }
}
