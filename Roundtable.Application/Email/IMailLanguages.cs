namespace Roundtable.Application.Email;

/// <summary>Knows the languages that mails are written in.</summary>
public interface IMailLanguages
{
    /// <summary>Returns the first language in which there are mails; null if there are none in any of them.</summary>
    /// <param name="tags">BCP 47 tags, most preferred first; null values are skipped.</param>
    string? Choose(IEnumerable<string?> tags);
}
