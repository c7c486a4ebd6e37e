using System.Text.RegularExpressions;
using HandlebarsDotNet;
using Roundtable.Infrastructure.Outbox;

namespace Roundtable.Infrastructure.Email;

/// <summary>
/// What a template of the installation's own may do: show values that there are, encoded, and ask whether there is one. So a mistyped name
/// is found when the program starts and not in somebody's mail, and what strangers typed gets neither into the markup nor into the headers.
/// </summary>
internal static partial class MailTemplateRules
{
    private const int LongestSubject = 150;

    /// <summary>The reason why it cannot be used, as the rest of a sentence that begins with its name; null when it can.</summary>
    public static string? Problem(MailTemplateFile file)
    {
        var isPart = file.Name is MailParts.Layout or MailParts.Button;
        if (!isPart && !MailCatalog.All.ContainsKey(file.Name))
        {
            return "names a mail that there is not";
        }

        if (file.Form == MailForms.Subject)
        {
            return isPart ? "is a subject, which only mails have" : SubjectProblem(file.Source);
        }

        var shown = new HashSet<string>(StringComparer.Ordinal);
        return TagProblem(file, shown) ?? Missing(file, shown) ?? CompilerProblem(file);
    }

    /// <summary>The subject that a file makes: its one line, with the application's name in the place of its only value.</summary>
    public static string Subject(string source) => AppName().Replace(source.Trim(), MailCatalog.AppName);

    /// <summary>The values that a template can show, by its name.</summary>
    public static IReadOnlyList<string> ValuesOf(string name) =>
        name switch
        {
            MailParts.Layout => [.. MailCatalog.CommonValues, MailCatalog.Body, MailCatalog.Asked],
            MailParts.Button => [.. MailCatalog.CommonValues, MailValues.Link, MailCatalog.Label],
            _ => [.. MailCatalog.CommonValues, .. MailCatalog.Get(name).Values],
        };

    private static string? SubjectProblem(string source) =>
        Subject(source) switch
        {
            "" or { Length: > LongestSubject } => $"must hold a subject of 1 to {LongestSubject} characters",
            var subject when subject.Contains("{{", StringComparison.Ordinal) =>
                "shows another value than {{appName}}: a subject holds nothing that people typed",
            var subject when MailText.Plain(subject, LongestSubject) != subject =>
                "must hold one line, without control characters and double blanks",
            _ => null,
        };

    private static string? TagProblem(MailTemplateFile file, HashSet<string> shown)
    {
        var known = ValuesOf(file.Name);
        var source = Comment().Replace(file.Source, "");
        foreach (Match tag in Tag().Matches(source))
        {
            var (content, raw) = (tag.Groups["content"].Value, tag.Groups["raw"].Success);
            if (Understood().Match(content) is not { Success: true } found)
            {
                return $"has the tag {tag.Value}; there are {{{{value}}}}, {{{{#if value}}}}, {{{{#unless value}}}}, {{{{else}}}} and "
                    + $"{{{{> button label=\"…\"}}}}";
            }

            var value = found.Groups["button"].Success ? MailValues.Link : found.Groups["value"].Value;
            if (value.Length > 0 && !known.Contains(value) || (found.Groups["button"].Success && file.Name == MailParts.Button))
            {
                return $"has the tag {tag.Value}, which shows '{value}'; what can be shown here is {string.Join(", ", known)}";
            }

            var isBody = file.Name == MailParts.Layout && value == MailCatalog.Body;
            if (file.Form == MailForms.Html && found.Groups["plain"].Success && raw != isBody)
            {
                return isBody
                    ? "must show the body as it is: {{{body}}}"
                    : $"has the tag {tag.Value}, which encodes nothing: write {{{{{value}}}}}";
            }

            shown.Add(value);
        }

        return Tag().Replace(source, "").Contains("{{", StringComparison.Ordinal) ? "has a {{ that begins no tag" : null;
    }

    private static string? Missing(MailTemplateFile file, HashSet<string> shown)
    {
        var needed = file.Name switch
        {
            MailParts.Layout => MailCatalog.Body,
            MailParts.Button => MailValues.Link,
            _ => MailCatalog.Get(file.Name).NeedsLink ? MailValues.Link : null,
        };
        return needed is null || shown.Contains(needed) ? null : $"does not show '{needed}', without which the mail is of no use";
    }

    private static string? CompilerProblem(MailTemplateFile file)
    {
        try
        {
            var engine = Handlebars.Create();
            engine.RegisterTemplate(MailParts.Button, "");
            engine.Compile(file.Source);
            return null;
        }
        catch (HandlebarsException e)
        {
            return $"does not compile: {ErrorText.Clean(e.Message)}";
        }
    }

    [GeneratedRegex(@"\{\{\s*appName\s*\}\}")]
    private static partial Regex AppName();

    [GeneratedRegex(@"\{\{~?!--.*?--~?\}\}|\{\{~?![^}]*\}\}", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\{\{(?<raw>\{|&)?~?\s*(?<content>[^{}]*?)\s*~?\}?\}\}")]
    private static partial Regex Tag();

    [GeneratedRegex(
        "^(?:else|/if|/unless|(?:#if|#unless|else if) (?<value>[A-Za-z]+)|(?<button>> ?button "
            + "label=\"[^\"]*\")|(?<plain>)(?<value>[A-Za-z]+))$"
    )]
    private static partial Regex Understood();
}
