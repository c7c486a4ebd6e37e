using System.Text.RegularExpressions;
using HandlebarsDotNet;
using Roundtable.Infrastructure.Outbox;

namespace Roundtable.Infrastructure.Email;

/// <summary>
/// What a template of the installation may do: show existing values, encoded, and test whether there is one. So a mistyped name is found
/// at startup and not in a user's mail, and text from strangers gets neither into the markup nor into the headers.
/// </summary>
internal static partial class MailTemplateRules
{
    private const int LongestSubject = 150;

    /// <summary>Returns the reason why it is invalid, as the rest of a sentence that begins with its name; null if valid.</summary>
    public static string? Problem(MailTemplateFile file)
    {
        var isPart = file.Name is MailParts.Layout or MailParts.Button;
        if (!isPart && !MailCatalog.All.ContainsKey(file.Name))
        {
            return "is not the name of a mail";
        }

        if (file.Form == MailForms.Subject)
        {
            return isPart ? "is a subject, but shared parts have none" : SubjectProblem(file.Source);
        }

        var shown = new HashSet<string>(StringComparer.Ordinal);
        return TagProblem(file, shown) ?? Missing(file, shown) ?? CompilerProblem(file);
    }

    /// <summary>Returns a file's subject: its one line, with the application's name in place of its only value.</summary>
    public static string Subject(string source) => AppName().Replace(source.Trim(), MailCatalog.AppName);

    /// <summary>Returns the values that the named template can show.</summary>
    public static IReadOnlyList<string> ValuesOf(string name) =>
        name switch
        {
            MailParts.Layout => [.. MailCatalog.CommonValues, MailCatalog.Body, MailCatalog.IsRequested, MailValues.Link],
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

            if (found.Groups["text"].Success)
            {
                if (!raw)
                {
                    return $"has the tag {tag.Value}, whose text is encoded already: write {{{{{{{content}}}}}}}";
                }

                continue;
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
                    : $"has the tag {tag.Value}, which is not encoded: write {{{{{value}}}}}";
            }

            shown.Add(value);
        }

        return Tag().Replace(source, "").Contains("{{", StringComparison.Ordinal) ? "has a {{ that does not start a tag" : null;
    }

    private static string? Missing(MailTemplateFile file, HashSet<string> shown)
    {
        var needed = file.Name switch
        {
            MailParts.Layout => MailCatalog.Body,
            MailParts.Button => MailValues.Link,
            _ => MailCatalog.Get(file.Name).NeedsLink ? MailValues.Link : null,
        };
        return needed is null || shown.Contains(needed) ? null : $"does not show '{needed}', which the mail requires";
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
        "^(?:else|/if|/unless|(?:#if|#unless|else if) (?<value>[A-Za-z]+)|(?<text>text \"[a-z.-]+\")|(?<button>> ?button "
            + "label=(?:\"[^\"]*\"|\\(text \"[a-z.-]+\"\\)))|(?<plain>)(?<value>[A-Za-z]+))$"
    )]
    private static partial Regex Understood();
}
