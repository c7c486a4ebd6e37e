using Roundtable.Application.Common;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Email;

/// <summary>Chooses the language of a mail that the recipient's own request causes.</summary>
[ScopedService]
public sealed class MailLanguage(IMailLanguages languages, IRequestContext context)
{
    /// <summary>The profile's language, else the browser's; null if neither is known.</summary>
    public string? For(User? user) => user?.Profile.Locale ?? languages.Choose(context.Languages);

    /// <summary>The requested language, else the browser's, else the profile's.</summary>
    public string? ForRequest(string? requested, User? user) => languages.Choose([requested, .. context.Languages, user?.Profile.Locale]);
}
